/** An example of the help as a shell sees it: words for gorel alone, or programs that are joined. */
import { fileURLToPath } from "node:url";
import { permissions } from "../../support/gorel.ts";
import { type Ran, runHere } from "../../support/inprocess.ts";
import { type Folder, tryRun } from "../../support/repo.ts";
import { tool } from "../../support/tools.ts";

/** The line without the remark behind it, and the remark. */
export function parts(example: string): { line: string; remark: string } {
  const [, line, remark = ""] = /^(.*?)(?: +# (.*))?$/.exec(example)!;
  return { line: line!, remark };
}

/** Reports whether the shell does more with a line than to take it apart into words. */
export function joins(line: string): boolean {
  return /[|&<>`]|\$\(/.test(line.replace(/'[^']*'/g, ""));
}

const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The words that gorel gets when these lines are typed, as one shell tells them. */
export function wordsOf(lines: readonly string[]): Map<string, string[]> {
  const noting = `gorel() { printf '%s\\0' "$#" "$@"; }`;
  const { code, stdout, stderr } = tryRun("sh", ["-c", [noting, ...lines].join("\n")]);
  if (code !== 0 || stderr !== "") {
    throw new Error(`sh does not understand the examples: ${stderr}`);
  }
  const told = stdout.split("\0");
  const words = new Map(lines.map((line) => [line, told.splice(0, 1 + Number(told[0])).slice(1)]));
  if (told.join() !== "") throw new Error("an example is not one command line of gorel");
  return words;
}

/** gorel as a shell finds it on PATH, and in this process. */
export class Shell {
  constructor(readonly folder: Folder, readonly env: () => Record<string, string>) {
    const real = [Deno.execPath(), "run", "--quiet", "--config", file("deno.json")];
    const words = [...real, ...permissions, file("main.ts")].map((word) => `'${word}'`);
    const text = `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`;
    Deno.writeTextFileSync(folder.join("gorel"), text, { mode: 0o755 });
  }

  /** Runs gorel with these words in this process, without a terminal. */
  gorel(words: readonly string[], cwd: string): Promise<Ran> {
    return runHere(words, cwd, this.env());
  }

  /** Types a line into the shell that it is meant for, with the real program; null where that is missing. */
  async type(line: string, remark: string, cwd: string): Promise<Ran | null> {
    const [, program] = /(bash|zsh|fish)/.exec(remark) ?? [, "sh"];
    // What compinit defines, without its search of a second.
    const before = program === "zsh" ? "compdef() { true; }; " : "";
    const needed = [program!, ...(line.match(/(?<=\| )\w+/g) ?? [])];
    const isThere = (name: string) => ["gorel", "source"].includes(name) || "Path" in tool(name);
    if (!needed.every(isThere)) return null;
    const env = this.env();
    // The servers that it asks are in this process.
    const { code, stdout, stderr } = await new Deno.Command(program!, {
      args: ["-c", before + line],
      cwd,
      clearEnv: true,
      env: { ...env, PATH: `${this.folder.path}:${env.PATH}`, MANPAGER: "cat", TERM: "dumb" },
      stdin: "null",
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { code, out: out!, err: err! };
  }
}
