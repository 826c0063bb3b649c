/** The go.mod that `gorel graph` looks at as the main module's, and the go.sum beside it. */
import type { Options } from "../lib/cli/answer.ts";
import { type MainModule, mainModule, plainMainModule } from "../lib/go/mainmodule.ts";
import { checkImportPath } from "../lib/go/module.ts";
import type { PathVersion } from "../lib/go/mvs.ts";
import { plainGoModSums } from "../lib/go/plain.ts";
import { type Problem, problem, Refused } from "../lib/problem.ts";
import type { GoMods } from "../lib/proxy/gomods.ts";
import type { Services } from "../lib/services.ts";
import { clean, decode } from "../lib/text.ts";

/** A go.mod that is looked at as the main module's. */
export interface Main {
  Bytes: Uint8Array;
  /** Its folder; absent for a version that is published. */
  Dir?: string;
  /** What an error names. */
  Name: string;
}

/** The go.mod that go would read: that of the work tree, committed or not. */
export async function inWorkTree({ flags, cwd }: Options, services: Services): Promise<Main> {
  if (flags.module !== undefined) {
    const main = goModIn(`${cwd}/${flags.module}`);
    if (main) return main;
  } else {
    for (let dir = cwd;;) {
      const main = goModIn(dir);
      if (main) return main;
      const above = dir.replace(/[\\/][^\\/]*$/, "");
      if (above === dir || above === "") break;
      dir = above;
    }
  }
  const { gather } = await import("../lib/facts/gather.ts");
  const facts = await gather(services, {
    Dir: cwd,
    ...(flags.module !== undefined && { Module: flags.module }),
    Offline: "not needed",
    NoHistory: true,
  });
  if (Array.isArray(facts)) {
    const outside = facts.some(({ Code }) => Code === "not-a-repository");
    throw new Refused(outside ? [noGoMod(cwd, flags.module)] : facts);
  }
  const { Dir, GoMod } = facts.Modules[0]!;
  const main = goModIn(`${facts.Repo.Git.Root}/${Dir}`);
  if (main) return main;
  throw new Refused([problem("no-go-mod", `${clean(GoMod.File)} is not in the work tree.`)]);
}

/** Where no repository is, none is needed either. */
function noGoMod(cwd: string, module: string | undefined): Problem {
  const where = module === undefined
    ? `in ${clean(cwd)} or above it`
    : `in ${clean(module)}, and no repository in which to look for that module`;
  return problem("no-go-mod", `There is no go.mod ${where}.`, {
    fix: "start gorel in a module, or name one with -C; or name a version: MODULE@VERSION",
  });
}

function goModIn(dir: string): Main | null {
  const file = `${dir}/go.mod`;
  try {
    if (!Deno.statSync(file).isFile) return null;
    return { Bytes: Deno.readFileSync(file), Dir: dir, Name: "go.mod" };
  } catch (error) {
    const missing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (missing) return null;
    throw error;
  }
}

/** A version of this repository's own module, from its tag; null where it has none. */
export async function inRepository(
  { cwd }: Options,
  services: Services,
  { Path, Version }: PathVersion,
): Promise<Main | null> {
  const { gather } = await import("../lib/facts/gather.ts");
  const facts = await gather(services, {
    Dir: cwd,
    Module: Path,
    Offline: "not needed",
    NoHistory: true,
  });
  if (Array.isArray(facts)) return null;
  const { Repo, Modules } = facts;
  const module = Modules[0]!;
  if (module.Path !== Path || !Repo.Tags.has(module.TagPrefix + Version)) return null;
  const [{ atRevision }, { readNamed }, { goModOf }] = await Promise.all([
    import("../lib/plan/revision.ts"),
    import("../lib/git/named.ts"),
    import("../lib/facts/modules.ts"),
  ]);
  const at = await atRevision(Repo, module, Version);
  if ("Code" in at) return null;
  const [blob] = await readNamed(Repo.Git, [`${at.Commit}:${goModOf(at.Dir)}`]);
  return blob ? { Bytes: blob.Bytes, Name: `go.mod of ${Path}@${Version}` } : null;
}

/** What a main module says, and what is known of its dependencies. */
export interface Contents {
  Module: MainModule;
  Sums: GoMods["Sums"];
}

/** Reads both; refused where any go command in that folder would be. */
export async function contents(main: Main): Promise<Contents> {
  return { Module: await understood(main), Sums: await sums(main.Dir) };
}

/** The main module of a go.mod that every go command accepts. */
async function understood({ Bytes, Name }: Main): Promise<MainModule> {
  const text = decode(Bytes);
  const main = plainMainModule(text) ?? await parsed(Bytes, text, Name);
  const wrong = main.Path === ""
    ? "it has no module line"
    : main.Path === "go" || main.Path === "toolchain"
    ? `the module path ${main.Path} is Go's own`
    : checkImportPath(main.Path);
  if (wrong === null) return main;
  throw invalid(Name, `${wrong}.`);
}

async function parsed(bytes: Uint8Array, text: string, name: string): Promise<MainModule> {
  const [{ parse }, { checkRetracts }, { errorText }] = await Promise.all([
    import("../lib/go/modfile/rule.ts"),
    import("../lib/go/modfile/retract.ts"),
    import("../lib/go/modfile/types.ts"),
  ]);
  const { Mod, Errors } = parse(name, bytes);
  const errors = Errors.length > 0 ? Errors : checkRetracts(Mod);
  if (errors.length > 0) {
    throw new Refused(
      errors.map((error) =>
        problem("go-mod-invalid", clean(errorText(error).replace(/\n\s*/g, " ")), {
          where: { File: name, Line: error.Line },
        })
      ),
    );
  }
  const lines = text.split("\n");
  const query = Mod.Require.find(({ Version, Line }) => !lines[Line - 1]!.includes(Version));
  if (query) {
    throw invalid(
      name,
      `line ${query.Line} requires ${query.Path} at what is no whole version; go would look it up.`,
    );
  }
  const main = mainModule(Mod);
  if (!("Error" in main)) return main;
  throw invalid(name, `${main.Error}.`);
}

function invalid(name: string, text: string): Refused {
  return new Refused([
    problem("go-mod-invalid", clean(`${name}: ${text}`), { where: { File: name } }),
  ]);
}

/** The hashes of the go.sum beside a go.mod. */
async function sums(dir: string | undefined): Promise<GoMods["Sums"]> {
  if (dir === undefined) return () => [];
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(`${dir}/go.sum`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return () => [];
    throw error;
  }
  const plain = plainGoModSums(decode(bytes));
  if (plain) {
    return ({ Path, Version }) => {
      const one = plain.get(`${Path} ${Version}`);
      return one === undefined ? [] : [one];
    };
  }
  const { goSumHashes, parseGoSum } = await import("../lib/go/gosum.ts");
  const { Lines, Errors } = parseGoSum("go.sum", bytes);
  if (Errors.length > 0) {
    throw new Refused(
      Errors.map(({ Line, Text }) =>
        problem("graph-failed", `${clean(Text.replace(/\n\s*/g, " "))}.`, {
          where: { File: "go.sum", Line },
          fix: "correct the line, or take it out",
        })
      ),
    );
  }
  const hashes = goSumHashes(Lines);
  return ({ Path, Version }) => hashes.get(`${Path}@${Version}/go.mod`) ?? [];
}
