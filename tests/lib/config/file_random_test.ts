/** Whatever the keys are, the reader reads what was written, and finds the one thing that is wrong. */
import assert from "node:assert/strict";
import { type ConfigFile, readConfig } from "../../../lib/config/file.ts";
import { cases, seeded } from "../../support/random.ts";
import { Folder } from "../../support/repo.ts";
import { randomEntries, type Spoil, write, type Written } from "./files.ts";

/** What a file says that was written from entries. */
function said({ Entries, Lines, Commands }: Written): ConfigFile {
  const row = (e: Written["Entries"][number]) => ({ Value: e.Value, Line: Lines.get(e)! });
  return {
    Settings: new Map(Entries.filter((e) => !e.Table).map((e) => [e.Name, row(e)])),
    Accept: Entries.filter((e) => e.Table === "accept")
      .map((e) => ({ Code: e.Name, Reason: String(e.Value), Line: Lines.get(e)! })),
    Commands,
  };
}

/** In an order of its own: the file's is not that of the table. */
function sorted(file: ConfigFile): unknown {
  const by = <T extends object>(list: readonly T[]) =>
    list.map((one) => JSON.stringify(Object.entries(one).sort())).sort();
  return {
    Settings: [...file.Settings].map((one) => JSON.stringify(one)).sort(),
    Accept: by(file.Accept),
    Commands: file.Commands.map(({ When, Step, Run, Line }) => [When, Step, Run, Line]),
  };
}

Deno.test("random files are read back as they were written, in every form of TOML", async () => {
  const random = seeded("random configuration");
  using folder = new Folder();
  for (let i = 0; i < cases(150, 5000); i++) {
    const written = write(random, randomEntries(random));
    Deno.writeTextFileSync(folder.join(".gorel.toml"), written.Text);
    const read = await readConfig(folder.path);
    assert.ok(read !== null && !Array.isArray(read), `${JSON.stringify(read)}\n${written.Text}`);
    assert.deepEqual(sorted(read), sorted(said(written)), written.Text);
  }
});

Deno.test("one misspelt key, or one value of another type, is found at its line and column", async () => {
  const random = seeded("random corruption");
  using folder = new Folder();
  for (let i = 0; i < cases(200, 5000); i++) {
    const entries = randomEntries(random);
    if (entries.length === 0) continue;
    const Entry = random.pick(entries);
    const What: Spoil = Array.isArray(Entry.Value)
      ? random.pick(["key", "value", "member"] as const)
      : random.pick(["key", "value"] as const);
    const { Text, Spoilt } = write(random, entries, { Entry, What });
    Deno.writeTextFileSync(folder.join(".gorel.toml"), Text);
    const read = await readConfig(folder.path);
    const shown = `${What} of ${Entry.Table ?? ""} ${Entry.Name}: ${JSON.stringify(read)}\n${Text}`;
    assert.ok(Array.isArray(read) && read.length === 1, shown);
    const { Line, Column } = Spoilt!;
    assert.equal(read[0]!.Code, "config-invalid");
    assert.deepEqual(read[0]!.Where, { File: ".gorel.toml", Line }, shown);
    const place = `Line ${Line}, column ${Column} of .gorel.toml: `;
    assert.ok(read[0]!.Text.startsWith(place), `not ${place}\n${shown}`);
  }
});
