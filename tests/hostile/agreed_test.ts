/** What the repository's own folder says of agreed commands is believed only where gorel wrote it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { remember } from "../../lib/apply/agree.ts";
import { type Command, digestOf } from "../../lib/config/commands.ts";
import { isAgreed } from "../../lib/journal/agreed.ts";
import { Refused } from "../../lib/problem.ts";
import { Folder } from "../support/repo.ts";

const commands: Command[] = [
  { When: "before", Step: "push", Run: "make check" },
  { When: "after", Step: "push", Run: "make announce" },
];
const digest = digestOf(commands);

Deno.test("agreeing is to all commands, in their order, and to each byte of them", () => {
  using folder = new Folder();
  // Of 16 digits somebody with two lists of his own finds a pair within an hour.
  assert.equal(digest.length, 32);
  remember(folder.path, digest);
  assert.ok(isAgreed(folder.path, commands));
  const [first, second] = commands as [Command, Command];
  const others: Command[][] = [
    [second, first],
    [first],
    [...commands, second],
    [{ ...first, Run: "make check " }, second],
    [{ ...first, When: "after" }, second],
    [{ ...first, Step: "tag" }, second],
    [{ ...first, Run: "make check\u200b" }, second],
  ];
  for (const other of others) assert.ok(!isAgreed(folder.path, other), JSON.stringify(other));
});

Deno.test("no link and no garbage passes for an agreement, and none is written through", () => {
  using folder = new Folder();
  const [common, own] = [folder.join("common"), folder.join("common", "gorel")];
  Deno.mkdirSync(own, { recursive: true });
  const [file, elsewhere] = [join(own, "agreed"), folder.join("elsewhere")];
  Deno.writeTextFileSync(elsewhere, `${digest}\n`);
  Deno.symlinkSync(elsewhere, file);
  assert.ok(!isAgreed(common, commands), "a link in place of the file");
  remember(common, "0123456789abcdef".repeat(2));
  assert.equal(Deno.readTextFileSync(elsewhere), `${digest}\n`);
  assert.equal(Deno.readTextFileSync(file), "0123456789abcdef".repeat(2) + "\n");
  assert.equal(Deno.lstatSync(file).mode! & 0o777, 0o600);

  const garbage = ["", digest.slice(1), `${digest} `, ` ${digest}`, digest.toUpperCase(), "\xff\0"];
  Deno.writeTextFileSync(file, garbage.join("\n"));
  assert.ok(!isAgreed(common, commands), "garbage");
  remember(common, digest);
  assert.ok(isAgreed(common, commands));
  assert.equal(Deno.readTextFileSync(file), `${digest}\n`, "garbage goes");
  Deno.writeTextFileSync(file, "x".repeat(1 << 20) + `\n${digest}\n`);
  assert.ok(!isAgreed(common, commands), "larger than what gorel writes");

  Deno.removeSync(own, { recursive: true });
  Deno.mkdirSync(folder.join("other"));
  Deno.writeTextFileSync(folder.join("other", "agreed"), `${digest}\n`);
  Deno.symlinkSync(folder.join("other"), own);
  assert.ok(!isAgreed(common, commands), "a link in place of the folder");
  assert.throws(() => remember(common, "fedcba9876543210".repeat(2)), Refused);
  assert.equal(Deno.readTextFileSync(folder.join("other", "agreed")), `${digest}\n`);
});
