/** The real go command as judge of versions that were made up: a GOPROXY of plain files, and git without a network. */
import { dirname } from "node:path";
import { Folder } from "../../support/repo.ts";
import { Go } from "../../support/go.ts";
import { escapePath, escapeVersion } from "../../../lib/go/module.ts";

/** What `go list -m -json` says of one module. */
export interface Listed {
  Path: string;
  Version?: string;
  Versions?: string[];
  Retracted?: string[];
  Deprecated?: string;
  Error?: { Err: string };
}

/** `go list -m -e -json FLAGS QUERIES`: one answer a query, in their order. */
export function goList(go: Go, flags: string[], queries: string[]): Listed[] {
  const { code, stdout, stderr } = go.run(["list", "-m", "-e", "-json", ...flags, ...queries]);
  if (code !== 0) throw new Error(`go list: exit ${code}\n${stderr}`);
  // The documents stand one after another, with nothing between them.
  const answers: Listed[] = JSON.parse(`[${stdout.replace(/^}\n(?=\{)/gm, "},\n")}]`);
  if (answers.length !== queries.length) {
    throw new Error(`go list: ${answers.length} answers to ${queries.length} queries\n${stderr}`);
  }
  return answers;
}

/** Variables that make git, and so go with GOPROXY=direct, read a folder where a URL is named. */
export function gitInstead(url: string, folder: string): Record<string, string> {
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.file://${folder}.insteadOf`,
    GIT_CONFIG_VALUE_0: url,
  };
}

/** The go command in front of a GOPROXY of files. Every case needs a module path of its own. */
export class FileProxy implements Disposable {
  readonly #folder = new Folder();
  readonly go = new Go({ GOPROXY: `file://${this.#folder.path}` });

  [Symbol.dispose](): void {
    this.go[Symbol.dispose]();
    this.#folder[Symbol.dispose]();
  }

  /** Serves a module: the lines of its list, and the go.mod of each version that can be fetched. */
  add(path: string, list: readonly string[], mods: ReadonlyMap<string, string> = new Map()): void {
    const write = (name: string, text: string) => {
      const file = this.#folder.join(escapePath(path)!, "@v", name);
      Deno.mkdirSync(dirname(file), { recursive: true });
      Deno.writeTextFileSync(file, text);
    };
    write("list", list.map((line) => line + "\n").join(""));
    for (const [version, mod] of mods) {
      const name = escapeVersion(version)!;
      write(`${name}.info`, JSON.stringify({ Version: version, Time: "2026-01-02T03:04:05Z" }));
      write(`${name}.mod`, mod);
    }
  }
}
