/** The real `go mod edit` as the judge of go.mod files, several of them at a time. */
import assert from "node:assert/strict";
import { type ModFileJSON, parse, toJSON } from "../../../../lib/go/modfile/mod.ts";
import { decode } from "../../../../lib/text.ts";
import { Go } from "../../../support/go.ts";

/** Go processes at the same time. */
const atATime = 4;

export class Judge implements Disposable {
  readonly #go = new Go();
  #files = 0;

  [Symbol.dispose](): void {
    this.#go[Symbol.dispose]();
  }

  /** What `go mod edit ARGS FILE` prints for these bytes. */
  async run(bytes: Uint8Array, args: string[], name: string): Promise<string> {
    const file = this.#go.folder.join(`${this.#files++}.mod`);
    await Deno.writeFile(file, bytes);
    const { code, stdout, stderr } = await this.#go.start(["mod", "edit", ...args, file]);
    await Deno.remove(file);
    assert.equal(code, 0, `${stderr}\n${name}`);
    return stdout;
  }

  /** What go reads in a file; our own document must be the same, in the same order. */
  async read(bytes: Uint8Array, name: string): Promise<ModFileJSON> {
    const document = JSON.parse(await this.run(bytes, ["-json"], name));
    const ours = toJSON(parse("go.mod", bytes).Mod);
    assert.equal(JSON.stringify(ours), JSON.stringify(document), `${name}\n${decode(bytes)}`);
    return document;
  }

  /** The lines that go prints for a file, but blank ones and empty comments. */
  async lines(bytes: Uint8Array, args: string[], name: string): Promise<string[]> {
    const text = await this.run(bytes, [...args, "-print"], name);
    return text.split("\n").map((line) => line.trim()).filter((line) => !/^(?:\/\/)?$/.test(line));
  }
}

/** Tries every case, some at the same time. */
export async function each<T>(cases: readonly T[], test: (one: T) => Promise<void>): Promise<void> {
  const waiting = cases.values();
  const work = async () => {
    for (const one of waiting) await test(one);
  };
  const ends = await Promise.allSettled(Array.from({ length: atATime }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
