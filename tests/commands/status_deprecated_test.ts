/** What `status` says of a deprecation. */
import assert from "node:assert/strict";
import { run } from "../../commands/status.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import { status } from "../../lib/cli/print/status.ts";
import { environment } from "../support/gorel.ts";
import { goMod, released } from "../support/released.ts";

Deno.test("status says what users are told of a deprecation, once a release carries it", async () => {
  using repo = released();
  repo.commit("old", { "go.mod": "// Deprecated: use example.com/other\n" + goMod });
  const told = async () => {
    const line = parse(["status"], {});
    assert.ok(!("Help" in line));
    const services = machine({ ...environment(), GOPROXY: "direct", ...repo.env });
    const answer = await run({ ...line, command: line.word, cwd: repo.dir }, services);
    assert.ok(answer.Kind === "status");
    return status(answer.Document, { ascii: false, color: false, verbose: false }, answer.Notes);
  };
  assert.doesNotMatch(await told(), /Deprecated/);
  repo.tag("v1.0.1");
  repo.git("push", "-q", "origin", "main", "v1.0.1");
  assert.match(await told(), /^ {2}Deprecated +use example\.com\/other$/m);
});
