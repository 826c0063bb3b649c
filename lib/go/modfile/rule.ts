/**
 * Directives: from the syntax tree to the typed view, with the go command's
 * own words for what it refuses (go-rules §3.4–§3.7).
 */
import { isGoLine } from "../goversion.ts";
import { checkPathMajor, splitPathVersion } from "../module.ts";
import { deprecation, directiveText, isIndirect } from "./comment.ts";
import type { Position } from "./lex.ts";
import { quote } from "./strconv.ts";
import { type FileSyntax, type Line, type LineBlock, parseSyntax } from "./syntax.ts";
import type { ModError, ModFile } from "./types.ts";
import { Arguments, type BadValue, isDirectoryPath, isToolchain } from "./value.ts";

/** What a file says, as far as it could be understood, and everything Go refuses in it. */
export interface Parsed {
  Mod: ModFile;
  Errors: ModError[];
}

/**
 * Reads a go.mod file as `go mod edit` does: unknown directives are errors,
 * `retract` lines are taken as they are (see `checkRetracts`). `file` is the
 * name used in errors. Any bytes give a result; a lexical or syntax error is
 * the only one and leaves `Mod` empty.
 */
export function parse(file: string, bytes: Uint8Array): Parsed {
  return parseFile(file, bytes, true);
}

/**
 * Reads the go.mod file of a dependency: only `go module retract require
 * ignore` are looked at, and what a newer Go may have meant is skipped.
 */
export function parseLax(file: string, bytes: Uint8Array): Parsed {
  return parseFile(file, bytes, false);
}

/** Go's language version of a module: its `go` line, or what Go takes if there is none (go-rules §10.2). */
export function goVersion(mod: ModFile): string {
  return mod.Go?.Version ?? "1.16";
}

const blockVerbs = "module godebug require exclude replace retract tool ignore".split(" ");
const laxVerbs = "go module retract require ignore".split(" ");

function parseFile(file: string, bytes: Uint8Array, strict: boolean): Parsed {
  const { Syntax, Fault } = parseSyntax(file, bytes);
  const reader = new Reader(Syntax, strict);
  if (Fault) reader.fail(Fault.Pos, { Text: Fault.Text });
  for (const statement of Syntax.Statements) {
    if (statement.Kind === "line") {
      reader.directive(statement.Tokens[0]!, new Arguments(statement.Tokens, 1), statement);
    } else if (statement.Kind === "block") {
      reader.block(statement);
    }
  }
  return { Mod: reader.mod, Errors: reader.errors };
}

class Reader {
  readonly mod: ModFile;
  readonly errors: ModError[] = [];
  readonly #strict: boolean;

  constructor(syntax: FileSyntax, strict: boolean) {
    this.#strict = strict;
    this.mod = {
      Godebug: [],
      Require: [],
      Exclude: [],
      Replace: [],
      Retract: [],
      Tool: [],
      Ignore: [],
      Syntax: syntax,
    };
  }

  fail(pos: Position, bad: BadValue): void {
    this.errors.push({
      File: this.mod.Syntax.Name,
      Line: pos.Line,
      ...(pos.LineRune > 1 && { Col: pos.LineRune }),
      ...(bad.Verb && { Verb: bad.Verb }),
      ...(bad.ModPath && { ModPath: bad.ModPath.toWellFormed() }),
      Text: bad.Text.toWellFormed(),
    });
  }

  block(block: LineBlock): void {
    const verb = block.Tokens.join(" ");
    if (blockVerbs.includes(verb)) {
      for (const line of block.Lines) {
        this.directive(verb, new Arguments(line.Tokens, 0), line, block);
      }
    } else if (this.#strict) {
      this.fail(block.Start, { Text: `unknown block type: ${verb}` });
    }
  }

  directive(verb: string, args: Arguments, line: Line, block?: LineBlock): void {
    if (!this.#strict && !laxVerbs.includes(verb)) return;
    const bad = this.#read(verb, args, line, block);
    if (bad) this.fail(line.Start, typeof bad === "string" ? { Text: bad } : bad);
  }

  /** Adds one directive to the view, or says what is wrong with it. */
  #read(
    verb: string,
    args: Arguments,
    line: Line,
    block: LineBlock | undefined,
  ): BadValue | string | undefined {
    switch (verb) {
      case "module":
        return this.#module(args, line, block);
      case "go":
        return this.#go(args, line);
      case "toolchain":
        return this.#toolchain(args, line);
      case "godebug":
        return this.#godebug(args, line);
      case "require":
      case "exclude":
        return this.#require(verb, args, line);
      case "replace":
        return this.#replace(args, line);
      case "retract":
        return this.#retract(args, line, block);
      case "tool":
      case "ignore":
        return this.#pattern(verb, args, line);
    }
    return `unknown directive: ${verb}`;
  }

  #module(args: Arguments, line: Line, block: LineBlock | undefined): string | undefined {
    if (this.mod.Module) return "repeated module statement";
    const deprecated = deprecation(directiveText(block, line)).toWellFormed();
    this.mod.Module = {
      Path: "",
      ...(deprecated && { Deprecated: deprecated }),
      Line: line.Start.Line,
    };
    if (args.length !== 1) return "usage: module module/path";
    const path = args.string(0);
    if (path.Bad) return unquotable(path.Bad);
    this.mod.Module.Path = path.Value.toWellFormed();
  }

  #go(args: Arguments, line: Line): string | undefined {
    if (this.mod.Go) return "repeated go statement";
    if (args.length !== 1) return "go directive expects exactly one argument";
    let version = args.at(0);
    if (!isGoLine(version)) {
      const lax = /^v?([1-9][0-9]*\.(?:0|[1-9][0-9]*))[^0-9][^\n]*$/.exec(version);
      if (this.#strict || !lax) {
        return `invalid go version '${version}': must match format 1.23.0`;
      }
      version = lax[1]!;
      args.set(0, version);
    }
    this.mod.Go = { Version: version, Line: line.Start.Line };
  }

  #toolchain(args: Arguments, line: Line): string | undefined {
    if (this.mod.Toolchain) return "repeated toolchain statement";
    if (args.length !== 1) return "toolchain directive expects exactly one argument";
    const name = args.at(0);
    if (!isToolchain(name)) {
      return `invalid toolchain version '${name}': must match format go1.23.0 or default`;
    }
    this.mod.Toolchain = { Name: name.toWellFormed(), Line: line.Start.Line };
  }

  #godebug(args: Arguments, line: Line): string | undefined {
    const [setting, equals] = [args.at(0), args.at(0).indexOf("=")];
    if (args.length !== 1 || /["`',]/.test(setting) || equals < 0) {
      return "usage: godebug key=value";
    }
    this.mod.Godebug.push({
      Key: setting.slice(0, equals).toWellFormed(),
      Value: setting.slice(equals + 1).toWellFormed(),
      Line: line.Start.Line,
    });
  }

  #require(
    verb: "require" | "exclude",
    args: Arguments,
    line: Line,
  ): BadValue | string | undefined {
    if (args.length !== 2) return `usage: ${verb} module/path v1.2.3`;
    const path = args.string(0);
    if (path.Bad) return unquotable(path.Bad);
    const version = args.version(1, verb, path.Value);
    if (version.Bad) return version.Bad;
    const split = splitPathVersion(path.Value);
    if (!split.ok) return "invalid module path";
    const wrong = checkPathMajor(version.Value, split.pathMajor);
    if (wrong !== null) return { Verb: verb, ModPath: path.Value, Text: wrong };
    const found = {
      Path: path.Value.toWellFormed(),
      Version: version.Value,
      Line: line.Start.Line,
    };
    if (verb === "exclude") this.mod.Exclude.push(found);
    else this.mod.Require.push({ ...found, Indirect: isIndirect(line) });
  }

  #replace(args: Arguments, line: Line): BadValue | string | undefined {
    const arrow = args.at(1) === "=>" ? 1 : 2;
    const named = args.length - arrow - 1;
    if (args.at(arrow) !== "=>" || named < 1 || named > 2) {
      return "usage: replace module/path [v1.2.3] => other/module v1.4\n" +
        "\t or replace module/path [v1.2.3] => ../local/directory";
    }
    const old = args.string(0);
    if (old.Bad) return unquotable(old.Bad);
    const split = splitPathVersion(old.Value);
    if (!split.ok) return { Verb: "replace", ModPath: old.Value, Text: "invalid module path" };
    let oldVersion: string | undefined;
    if (arrow === 2) {
      const version = args.version(1, "replace", old.Value);
      if (version.Bad) return version.Bad;
      oldVersion = version.Value;
      const wrong = checkPathMajor(oldVersion, split.pathMajor);
      if (wrong !== null) return { Verb: "replace", ModPath: old.Value, Text: wrong };
    }
    const path = args.string(arrow + 1);
    if (path.Bad) return unquotable(path.Bad);
    const directory = isDirectoryPath(path.Value);
    let newVersion: string | undefined;
    if (named === 2) {
      const version = args.version(arrow + 2, "replace", path.Value);
      if (version.Bad) return version.Bad;
      newVersion = version.Value;
      if (directory) {
        return `replacement module directory path ${quote(path.Value)} cannot have version`;
      }
    } else if (!directory) {
      return path.Value.includes("@")
        ? "replacement module must match format 'path version', not 'path@version'"
        : "replacement module without version must be directory path (rooted or starting with . or ..)";
    } else if (path.Value.includes("\\")) {
      return "replacement directory appears to be Windows path (on a non-windows system)";
    }
    this.mod.Replace.push({
      Old: {
        Path: old.Value.toWellFormed(),
        ...(oldVersion !== undefined && { Version: oldVersion }),
      },
      New: {
        Path: path.Value.toWellFormed(),
        ...(newVersion !== undefined && { Version: newVersion }),
      },
      Line: line.Start.Line,
    });
  }

  #retract(
    args: Arguments,
    line: Line,
    block: LineBlock | undefined,
  ): BadValue | string | undefined {
    const interval = args.interval("retract");
    // A dependency may use an interval that only a newer Go understands.
    if (interval.Bad) return this.#strict ? interval.Bad : undefined;
    const { Low, High, Taken } = interval.Value;
    if (this.#strict && args.length > Taken) {
      return `unexpected token after version: ${quote(args.at(Taken))}`;
    }
    this.mod.Retract.push({
      Low: Low.toWellFormed(),
      High: High.toWellFormed(),
      Rationale: directiveText(block, line).toWellFormed(),
      Line: line.Start.Line,
    });
  }

  #pattern(verb: "tool" | "ignore", args: Arguments, line: Line): string | undefined {
    if (args.length !== 1) return `${verb} directive expects exactly one argument`;
    const path = args.string(0);
    if (path.Bad) return unquotable(path.Bad);
    const list = verb === "tool" ? this.mod.Tool : this.mod.Ignore;
    list.push({ Path: path.Value.toWellFormed(), Line: line.Start.Line });
  }
}

function unquotable(bad: BadValue): string {
  return `invalid quoted string: ${bad.Text}`;
}
