/** What `gorel graph` takes for the main module: its go.mod, and the hashes in its go.sum. */
import { type MainModule, mainModule, plainMainModule } from "../lib/go/mainmodule.ts";
import { checkImportPath } from "../lib/go/module.ts";
import { plainGoModSums } from "../lib/go/plain.ts";
import { problem, Refused } from "../lib/problem.ts";
import type { GoMods } from "../lib/proxy/gomods.ts";
import { clean, decode } from "../lib/text.ts";
import type { Main } from "./graphfiles.ts";

/** What a main module says, and what is known of its dependencies. */
export interface Contents {
  Module: MainModule;
  Sums: GoMods["Sums"];
}

/** Reads both; refused where any go command in that folder would be. */
export async function contents(main: Main): Promise<Contents> {
  return { Module: await understood(main), Sums: await sums(main.Sum) };
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
async function sums(bytes: Uint8Array | undefined): Promise<GoMods["Sums"]> {
  if (bytes === undefined) return () => [];
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
