/** CI systems: known by their variables, and given no foreign text to obey. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { annotations } from "../../../lib/cli/ci/annotations.ts";
import { endGroup, inGroup } from "../../../lib/cli/ci/groups.ts";
import { ciSystem, disarmed, inCi } from "../../../lib/cli/ci.ts";
import { machine } from "../../../lib/cli/machine.ts";
import { problem } from "../../../lib/problem.ts";
import { jsonText } from "../../../lib/text.ts";
import { cases, seeded } from "../../support/random.ts";
import { gitHubCommands, otherCommands } from "../../support/runners.ts";

Deno.test("a CI system is known by its variables, unless they say no", () => {
  const table: [Record<string, string>, ReturnType<typeof ciSystem>][] = [
    [{}, undefined],
    [{ CI: "" }, undefined],
    [{ CI: "0" }, undefined],
    [{ CI: "false" }, undefined],
    [{ CI: "False" }, undefined],
    [{ GITHUB_ACTIONS: "false", HOME: "/", TERM: "xterm", GITHUB_TOKEN: "t" }, undefined],
    [{ CI: "1" }, "other"],
    [{ CI: "woodpecker" }, "other"],
    [{ CI: "false", BUILDKITE: "true" }, "other"],
    [{ CI: "true", GITHUB_ACTIONS: "true" }, "github"],
    [{ GITLAB_CI: "true" }, "gitlab"],
    ...[
      ...["BUILDKITE", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "CIRCLECI", "TRAVIS"],
      ...["APPVEYOR", "DRONE", "BITBUCKET_BUILD_NUMBER", "CODEBUILD_BUILD_ARN", "bamboo_planKey"],
      ...["CONTINUOUS_INTEGRATION", "CIRRUS_CI", "SEMAPHORE", "PROW_JOB_ID", "HARNESS_BUILD_ID"],
    ].map((name): [Record<string, string>, "other"] => [{ [name]: "a value" }, "other"]),
  ];
  for (const [env, wanted] of table) assert.equal(ciSystem(env), wanted, JSON.stringify(env));
  assert.equal(machine({ CI: "1" }).terminal.interactive, false);
  assert.equal(machine({ CI: "1" }).ci, "other");
  assert.equal("ci" in machine({ CI: "0" }), false);
});

Deno.test("a space stands where a command would begin, and all else stays", () => {
  const table: [string, string][] = [
    ["::error::x\n", ": :error::x\n"],
    ["a\n \t::group::x", "a\n \t: :group::x"],
    ["a\r::group::x", "a\r: :group::x"],
    ["\u2028::stop-commands::x", "\u2028: :stop-commands::x"],
    ["\x85::stop-commands::x", "\x85: :stop-commands::x"],
    [":\u{fe0f}:error::x", ": \u{fe0f}:error::x"],
    ["fix: ##[error]x", "fix: # #[error]x"],
    ["##vso[task.setvariable]x ##teamcity[a]", "# #vso[task.setvariable]x # #teamcity[a]"],
    ["#\u034f#v\u{fe0f}so[task]", "# \u034f#v\u{fe0f}so[task]"],
    ["###[error]x", "## #[error]x"],
    ["--- a group\n+++ b\n~~~ c\n^^^ +++\n", " --- a group\n +++ b\n ~~~ c\n ^^^ +++\n"],
    [
      "section_start:12:a[collapsed=true]\r\x1b[0KTitle",
      "section_ start:12:a[collapsed=true]\r\x1b[0KTitle",
    ],
    ...[
      ...["a::b", "example.com/m v1.0.1 (::)", "# Heading", "## Heading", "issue ##12 [x]"],
      ...["-- a", "----", "-----BEGIN PGP SIGNATURE-----", "section_start of a file", " --- a"],
      ...['{\n  "a": "::error::"\n}', "   ", "", "👍🏽 ❤️ café"],
    ].map((same): [string, string] => [same, same]),
  ];
  for (const [text, wanted] of table) assert.equal(disarmed(text), wanted, JSON.stringify(text));
});

Deno.test("whatever is printed, no CI system finds a command in it; and JSON stays the same value", () => {
  const { seed } = seeded("ci");
  const piece = fc.constantFrom(
    ...[
      "::",
      "::",
      "::",
      "\n::",
      ":",
      "#",
      "##",
      "[",
      "]",
      "\n",
      "\r",
      " ",
      "\t",
      "\x85",
      "\u2028",
      "\u3000",
      "--- ",
    ],
    ...["+++", "~~~ x", "^^^ ", "vso[", "teamcity[", "error", "set-env name=a", "group", "\u200d"],
    ...["\u{fe0f}", "\u034f", "\u00ad", "section_start:1:a", "\r\x1b[0K", "a", "[collapsed=true]"],
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, (text) => {
      const printed = disarmed(text);
      assert.deepEqual(gitHubCommands(printed), []);
      assert.deepEqual(otherCommands(printed), []);
      assert.equal(printed.replaceAll(" ", ""), text.replaceAll(" ", ""));
      const value = { [text]: [text, { Text: text }], Problems: text };
      for (const json of [jsonText(value, 2), jsonText(value)]) {
        assert.equal(disarmed(json), json);
        assert.deepEqual([...gitHubCommands(json), ...otherCommands(json)], []);
        assert.deepEqual(JSON.parse(json), value);
      }
    }),
    { seed, numRuns: cases(400, 40_000) },
  );
});

Deno.test("an annotation says exactly what the problem says, whatever stands in it", () => {
  const odd = "100%0A of %, ::x::\n##[error]y";
  const found = gitHubCommands(annotations([
    problem("go-mod-invalid", `go.mod: ${odd}`, {
      where: { File: "a,b:c=d%2C::e/go.mod", Line: 3 },
      fix: odd,
    }),
    problem("untracked", "A file is not in git."),
    problem("no-upstream", "It is new."),
    { ...problem("dirty", "It was changed."), Accepted: "on purpose" },
  ]));
  const said = "100%0A of %, ::x:: # #[error]y";
  assert.deepEqual(found, [
    {
      Name: "error",
      Properties: { file: "a,b:c=d%2C::e/go.mod", line: "3" },
      Data: `go-mod-invalid: go.mod: ${said}\n→ ${said}`,
    },
    { Name: "warning", Properties: {}, Data: "untracked: A file is not in git." },
    { Name: "notice", Properties: {}, Data: "no-upstream: It is new." },
    { Name: "notice", Properties: {}, Data: "dirty: It was changed.\naccepted: on purpose" },
  ]);
});

Deno.test("groups follow each other, each opened once and closed before the next", () => {
  const log = (env: Record<string, string>, flags = { quiet: false, events: false }) => {
    let said = "";
    const services = {
      ...machine(env),
      clock: { now: () => 1_700_000_000_999, sleep: () => Promise.resolve() },
      terminal: inCi({
        interactive: true,
        out: () => {},
        err: (text) => said += text,
        readLine: () => Promise.resolve(null),
      }),
    };
    endGroup(services);
    for (const group of ["proof", "proof", "push"] as const) inGroup(group, { flags }, services);
    endGroup(services);
    endGroup(services);
    return said;
  };
  assert.equal(
    log({ GITHUB_ACTIONS: "true" }),
    "::group::Proof before the push\n::endgroup::\n::group::Push\n::endgroup::\n",
  );
  const section = (what: string, name: string, title = "") =>
    `\x1b[0Ksection_${what}:1700000000:gorel_${name}\r\x1b[0K${title}\n`;
  assert.equal(
    log({ GITLAB_CI: "true" }),
    section("start", "proof", "Proof before the push") + section("end", "proof") +
      section("start", "push", "Push") + section("end", "push"),
  );
  assert.equal(log({ CI: "1" }), "Proof before the push:\nPush:\n");
  assert.equal(log({}), "");
  for (const flags of [{ quiet: true, events: false }, { quiet: false, events: true }]) {
    assert.equal(log({ GITHUB_ACTIONS: "true" }, flags), "");
  }
});
