/** What is read before somebody agrees to commands is what runs: nothing of it is hidden, or looks like other text. */
import assert from "node:assert/strict";
import { notAgreed } from "../../lib/apply/agree.ts";
import { config } from "../../lib/cli/print/config.ts";
import { commandsText } from "../../lib/cli/print/commands.ts";
import type { Command } from "../../lib/config/commands.ts";

const style = { ascii: false, color: false, verbose: false };
const before = (Run: string): Command => ({ When: "before", Step: "push", Run });

Deno.test("a command is shown whole, and text that nobody would see stands as an escape", () => {
  const table: [run: string, shown: string[]][] = [
    // As the credentials of a URL are left out elsewhere, this would be `echo a://h`.
    ["echo a://b:$(sh${IFS}./evil)@h", ["echo a://b:$(sh${IFS}./evil)@h"]],
    ["curl https://x`id`@h", ["curl https://x`id`@h"]],
    ["./a\u3164b \ufe0f\u115f\u034f", ["./a\\u3164b \\ufe0f\\u115f\\u034f"]],
    ["./check\u00a0--all\u2003x\u2800", ["./check\\u00a0--all\\u2003x\\u2800"]],
    ["a\u202eb\u{e0041}", ["a\\u202eb\\ue0041"]],
    ["rm -rf \\ \n./build", ["rm -rf \\\\u0020", "./build"]],
    ["a  \n\tb\tc", ["a", " b c"]],
    [`make # ${"so ".repeat(60)}it goes`, [`make # ${"so ".repeat(60)}it goes`]],
  ];
  for (const [run, want] of table) {
    const asked = commandsText([before(run)], style).split("\n").filter((l) => /^ /.test(l));
    assert.deepEqual(asked.map((line) => line.slice("  before push  ".length)), want, run);
    const Commands = { Digest: "x", Agreed: false, Run: [before(run)] };
    const Go = { From: "go" as const };
    const all = config({ Values: [], Accept: [], Commands, Go, Problems: [] } as never, style);
    const lines = all.split("\n").filter((line) => line.startsWith("      "));
    assert.deepEqual(lines.map((line) => line.slice(6)), want, run);
  }
});

Deno.test("a refusal that cannot repeat every byte of the commands says so, and where they are", () => {
  const hiding = notAgreed([before("make check"), before("echo a://b:$(sh${IFS}./evil)@h")]);
  assert.match(hiding.Text, /which run with your rights; what looks like the credentials .* not/);
  assert.ok(!hiding.Text.includes("a://h"), hiding.Text);
  assert.match(hiding.Fix!, /^read them with gorel config, then --agree [0-9a-f]{32}$/);
  const whole = notAgreed([before("make check")]);
  assert.match(whole.Text, /rights: before push `make check`\.$/);
});
