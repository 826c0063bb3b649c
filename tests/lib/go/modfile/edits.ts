/** Random edits of a go.mod file, each as `go mod edit`'s flag, as the oracle's question and as ours. */
import {
  addComment,
  addExclude,
  addGodebug,
  addGoStmt,
  addIgnore,
  addModuleStmt,
  addNewRequire,
  addReplace,
  addRequire,
  addRetract,
  addTool,
  addToolchainStmt,
  cleanup,
  dropExclude,
  dropGodebug,
  dropGoStmt,
  dropIgnore,
  dropReplace,
  dropRequire,
  dropRetract,
  dropTool,
  dropToolchainStmt,
  type File,
  type Requirement,
  setRequire,
  setRequireSeparateIndirect,
  sortBlocks,
} from "../../../../lib/go/modfile/file/mod.ts";
import type { ModFile, ModuleVersion } from "../../../../lib/go/modfile/mod.ts";
import type { Random } from "../../../support/random.ts";

/** A method of Go's modfile.File, and what it is called with. */
export interface ModEdit {
  Do: keyof typeof edits;
  Args?: string[];
  Indirect?: boolean;
  Require?: Requirement[];
  /** The flag of `go mod edit`, where there is one and it lets these arguments pass. */
  Flag?: string;
}

/** Ours, by the names of Go's; each gives Go's error text, or null. */
const edits = {
  addModuleStmt: (file: File, [path]: string[]) => done(addModuleStmt(file, path!)),
  addComment: (file: File, [text]: string[]) => done(addComment(file, text!)),
  addGoStmt: (file: File, [version]: string[]) => addGoStmt(file, version!),
  dropGoStmt: (file: File) => done(dropGoStmt(file)),
  addToolchainStmt: (file: File, [name]: string[]) => addToolchainStmt(file, name!),
  dropToolchainStmt: (file: File) => done(dropToolchainStmt(file)),
  addGodebug: (file: File, [key, value]: string[]) => done(addGodebug(file, key!, value!)),
  dropGodebug: (file: File, [key]: string[]) => done(dropGodebug(file, key!)),
  addRequire: (file: File, [path, version]: string[]) => done(addRequire(file, path!, version!)),
  addNewRequire: (file: File, [path, version]: string[], { Indirect = false }: ModEdit) =>
    done(addNewRequire(file, path!, version!, Indirect)),
  dropRequire: (file: File, [path]: string[]) => done(dropRequire(file, path!)),
  setRequire: (file: File, _: string[], { Require = [] }: ModEdit) => setRequire(file, Require),
  setRequireSeparateIndirect: (file: File, _: string[], { Require = [] }: ModEdit) =>
    done(setRequireSeparateIndirect(file, Require)),
  addExclude: (file: File, [path, version]: string[]) => addExclude(file, path!, version!),
  dropExclude: (file: File, [path, version]: string[]) => done(dropExclude(file, path!, version!)),
  addReplace: (file: File, [path, version, by, to]: string[]) =>
    done(addReplace(file, { Path: path!, Version: version! }, { Path: by!, Version: to! })),
  dropReplace: (file: File, [path, version]: string[]) =>
    done(dropReplace(file, { Path: path!, Version: version! })),
  addRetract: (file: File, [low, high, rationale]: string[]) =>
    addRetract(file, { Low: low!, High: high! }, rationale!),
  dropRetract: (file: File, [low, high]: string[]) =>
    done(dropRetract(file, { Low: low!, High: high! })),
  addTool: (file: File, [path]: string[]) => done(addTool(file, path!)),
  dropTool: (file: File, [path]: string[]) => done(dropTool(file, path!)),
  addIgnore: (file: File, [path]: string[]) => done(addIgnore(file, path!)),
  dropIgnore: (file: File, [path]: string[]) => done(dropIgnore(file, path!)),
  sortBlocks: (file: File) => done(sortBlocks(file)),
  cleanup: (file: File) => done(cleanup(file)),
};

function done(_: void): null {
  return null;
}

/** Does one of our edits, and gives its error text. */
export function apply(file: File, edit: ModEdit): string | null {
  return edits[edit.Do](file, edit.Args ?? [], edit);
}

const fresh = {
  paths: "example.com/a example.com/b example.com/c-d example.com/n/v2 gopkg.in/y.v2 golang.org/x/m"
    .split(" "),
  versions:
    "v1.0.0 v1.0.1 v1.10.0 v2.0.0 v2.1.0 v1.2.0-rc.1 v3.0.0+incompatible v1.0 master v0.0.0-20240102030405-abcdefabcdef"
      .split(" "),
};

/** A random edit, mostly of what the file has. */
export function modEdit(random: Random, mod: ModFile): ModEdit {
  const either = <T>(list: readonly T[], other: () => T) => {
    // To us U+FFFD is also every byte that is not UTF-8, to Go only itself.
    const own = list.filter((one) => !JSON.stringify(one).includes("\ufffd"));
    return own.length > 0 && random.chance(0.6) ? random.pick(own) : other();
  };
  const path = (own: readonly { Path: string }[]) =>
    either(own.map(({ Path }) => Path), () => random.pick(fresh.paths));
  const version = () => random.pick(fresh.versions);
  const at = (own: readonly { Path: string; Version?: string }[]): [string, string] => {
    const known = either(own, () => ({ Path: path(own), Version: version() }));
    return [known.Path, random.chance(0.6) ? known.Version ?? "" : version()];
  };
  const joined = (path: string, version: string) => version === "" ? path : `${path}@${version}`;
  const olds = mod.Replace.map(({ Old }) => Old);
  const drawn: (() => ModEdit)[] = [
    () => one("addModuleStmt", "module", random.pick(["example.com/m", "example.com/m/v2", "x/y"])),
    () => one("addGoStmt", "go", random.pick(["1.20", "1.21", "1.26.0", "2.0"])),
    () => ({ Do: "dropGoStmt", Flag: "-go=none" }),
    () => one("addToolchainStmt", "toolchain", random.pick(["go1.26.0", "default"])),
    () => ({ Do: "dropToolchainStmt", Flag: "-toolchain=none" }),
    () => {
      const Args = [path(mod.Godebug.map(({ Key }) => ({ Path: Key }))), random.pick(["0", "a=b"])];
      return { Do: "addGodebug", Args, Flag: `-godebug=${Args.join("=")}` };
    },
    () => one("dropGodebug", "dropgodebug", either(mod.Godebug.map(({ Key }) => Key), () => "x")),
    () => {
      const Args = at(mod.Require);
      return { Do: "addRequire", Args, Flag: `-require=${joined(...Args)}` };
    },
    () => one("dropRequire", "droprequire", path(mod.Require)),
    () => {
      const Args = at(mod.Exclude);
      const Do = random.pick(["addExclude", "addExclude", "dropExclude"] as const);
      const flag = Do === "addExclude" ? "exclude" : "dropexclude";
      return { Do, Args, Flag: `-${flag}=${joined(...Args)}` };
    },
    () => {
      const old = either<ModuleVersion>(olds, () => ({ Path: path(olds) }));
      const from = random.chance(0.5) ? random.pick(["", version()]) : old.Version ?? "";
      if (random.chance(0.3)) {
        const Flag = `-dropreplace=${joined(old.Path, from)}`;
        return { Do: "dropReplace", Args: [old.Path, from], Flag };
      }
      const by = random.pick([["./d", ""], ["../e f", ""], ["example.com/n", version()]]);
      const Flag = `-replace=${joined(old.Path, from)}=${joined(by[0]!, by[1]!)}`;
      return { Do: "addReplace", Args: [old.Path, from, ...by], Flag };
    },
    () => {
      const draw = () => ({ Low: version(), High: version() });
      const { Low, High } = either(mod.Retract, draw);
      const high = random.chance(0.5) ? Low : High;
      const Do = random.pick(["addRetract", "addRetract", "dropRetract"] as const);
      const flag = Do === "addRetract" ? "retract" : "dropretract";
      const Args = [Low, high, ...(Do === "addRetract" ? [""] : [])];
      return { Do, Args, Flag: `-${flag}=[${Low},${high}]` };
    },
    () => one("addTool", "tool", path(mod.Tool)),
    () => one("dropTool", "droptool", path(mod.Tool)),
    () => one("addIgnore", "ignore", path([...mod.Ignore, { Path: "./a b" }])),
    () => one("dropIgnore", "dropignore", path(mod.Ignore)),
  ];
  return random.pick(drawn)();
}

function one(Do: ModEdit["Do"], flag: string, arg: string): ModEdit {
  return { Do, Args: [arg], Flag: `-${flag}=${arg}` };
}

/** A random edit that `go mod edit` has no flag for. */
export function methodOnly(random: Random, mod: ModFile): ModEdit {
  const requirement = (): Requirement => ({
    Path: random.pick(fresh.paths),
    Version: random.pick(fresh.versions),
    Indirect: random.chance(0.5),
  });
  const list = () => {
    const all = Array.from({ length: random.int(0, 6) }, requirement);
    const kept = mod.Require.filter(({ Path }) => !Path.includes("\ufffd") && random.chance(0.6))
      .map(
        ({ Path, Version, Indirect }) => ({ Path, Version, Indirect }),
      );
    // Two versions of one module are no requirement.
    return [...new Map([...all, ...kept].map((one) => [one.Path, one])).values()];
  };
  const { Path, Version, Indirect } = requirement();
  return random.pick<() => ModEdit>([
    () => ({ Do: "setRequire", Require: list() }),
    () => ({ Do: "setRequireSeparateIndirect", Require: list() }),
    () => ({ Do: "setRequireSeparateIndirect", Require: list() }),
    () => ({ Do: "addNewRequire", Args: [Path, Version], Indirect }),
    () => ({ Do: "addComment", Args: ["// free"] }),
    () => ({
      Do: "addRetract",
      Args: ["v1.0.0", random.pick(["v1.0.0", "v1.2.0"]), "why\n\nmore"],
    }),
    () => ({ Do: "addGoStmt", Args: [random.pick(["1.21", "v1.21", "1.021"])] }),
    () => ({ Do: "addToolchainStmt", Args: [random.pick(["go1.22.0", "local"])] }),
    () => ({ Do: "sortBlocks" }),
    () => ({ Do: "cleanup" }),
  ])();
}
