/** `graph --consumers` where there are versions from before modules. */
import assert from "node:assert/strict";
import { run } from "../../commands/consumers.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import { gitInstead, goList } from "../lib/go/golist.ts";
import { Go, needsGo } from "../support/go.ts";
import { environment, gorel } from "../support/gorel.ts";
import { Repo } from "../support/repo.ts";

const path = "github.com/t/old";

Deno.test(
  needsGo("an incompatible version is retracted for those that ask for it, as go shows"),
  async () => {
    using repo = new Repo();
    repo.commit("begin", { "m.go": "package m\n", LICENSE: "free\n" });
    repo.tag("v1.0.0");
    repo.tag("v2.0.0");
    repo.commit("more", { "m.go": "package m // 2\n" });
    repo.tag("v2.1.0");
    repo.commit("a module", { "go.mod": `module ${path}\n\ngo 1.21\n` });
    repo.tag("v1.1.0");
    repo.withRemote();
    const env = { ...environment(), GOPROXY: "direct", ...repo.env };
    const words = ["retract", "v2.1.0+incompatible", "--reason", "never meant"];
    const line = parse(["graph", "--consumers", ...words], {});
    assert.ok(!("Help" in line));
    const answer = await run({ ...line, command: line.word, cwd: repo.dir }, machine(env));
    assert.ok(answer.Kind === "consumers");
    const { Queries } = answer.Document;
    assert.deepEqual(Queries.map((row) => `${row.Query} ${row.Before} → ${row.After}`), [
      "@latest v1.1.0 → v1.1.1",
      "@v2 v2.1.0+incompatible → v2.0.0+incompatible",
      "@v1 v1.1.0 → v1.1.1",
      "@v2.1 v2.1.0+incompatible → null",
      "@v1.1 v1.1.0 → v1.1.1",
      "upgrade of v2.1.0+incompatible v2.1.0+incompatible → v2.1.0+incompatible",
      "patch of v2.1.0+incompatible v2.1.0+incompatible → v2.1.0+incompatible",
      "@v2.1.0+incompatible v2.1.0+incompatible → v2.1.0+incompatible",
    ]);
    const asked = Queries.filter((row) => row.Query.startsWith("@"));
    const judge = (when: "Before" | "After") => {
      using go = new Go({
        GOPROXY: "direct",
        ...gitInstead(`https://${path}`, repo.remote),
      });
      const theirs = goList(go, [], asked.map((row) => path + row.Query));
      for (const [i, row] of asked.entries()) {
        assert.equal(
          row[when],
          theirs[i]!.Error ? null : theirs[i]!.Version,
          `${when} ${row.Query}`,
        );
      }
    };
    judge("Before");
    const ran = await gorel([...words, "--yes", "--no-wait", "--json"], { cwd: repo.dir, env });
    assert.equal(ran.json.State, "pushed", ran.stdout + ran.stderr);
    judge("After");
  },
);
