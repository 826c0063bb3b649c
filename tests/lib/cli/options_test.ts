import assert from "node:assert/strict";
import { UsageError } from "../../../lib/problem.ts";
import type { Choices, Interval, MajorChoice, ModuleChoice } from "../../../lib/choices.ts";
import { codes } from "../../../lib/problem.ts";
import { parse } from "../../../lib/cli/parser.ts";
import { toArgv } from "../../../lib/cli/back.ts";
import { toChoices, type Wish } from "../../../lib/cli/options.ts";
import {
  duration,
  durationText,
  interval,
  intervalText,
  versionOperand,
} from "../../../lib/cli/values.ts";
import { cases, type Random, seeded } from "../../support/random.ts";

function wishOf(argv: string[], env: Record<string, string> = {}): Wish {
  const line = parse(argv, env);
  assert.ok(!("Help" in line));
  return toChoices(line.word, line.args, line.flags);
}

const plain: Choices = {
  Do: "release",
  Modules: [{ Dir: "", Bump: "patch" }],
  Push: true,
  Include: [],
  Messages: {},
  Signoff: false,
  Hooks: true,
  Build: true,
  RestoreReplaces: false,
  Wait: 300_000,
  Offline: false,
  Accept: [],
};

const retracting: Choices = {
  ...plain,
  Do: "retract",
  Edit: { Retract: [{ Low: "v1.0.0", High: "v1.0.0" }], Reason: "why" },
};

const deprecating: Choices = {
  ...plain,
  Do: "deprecate",
  Edit: { Deprecate: true, Reason: "why" },
};

Deno.test("a command line becomes choices", () => {
  const table: [argv: string, choices: Choices, module?: string][] = [
    ["patch", plain],
    ["minor", { ...plain, Modules: [{ Dir: "", Bump: "minor" }] }],
    ["auto", { ...plain, Modules: [{ Dir: "", Bump: "auto" }] }],
    ["release", { ...plain, Modules: [{ Dir: "", Bump: "release" }] }],
    ["v1.5.0-rc.1", { ...plain, Modules: [{ Dir: "", Version: "v1.5.0-rc.1" }] }],
    ["prerelease --pre beta", {
      ...plain,
      Modules: [{ Dir: "", Bump: "prerelease", Pre: "beta" }],
    }],
    ["patch sub", plain, "sub"],
    ["patch ./v1.2.3", plain, "./v1.2.3"],
    ["--module sub patch", plain, "sub"],
    ["--module=example.com/m patch", plain, "example.com/m"],
    ["patch -- -odd", plain, "-odd"],
    ["--remote upstream patch", { ...plain, Remote: "upstream" }],
    ["patch --remote a --remote b", { ...plain, Remote: "b" }],
    ["patch --offline", { ...plain, Offline: true, Push: false, Wait: 0 }],
    ["patch --offline --wait 3m", { ...plain, Offline: true, Push: false, Wait: 0 }],
    ["patch --no-push", { ...plain, Push: false }],
    ["patch --no-wait", { ...plain, Wait: 0 }],
    ["patch --wait 0", { ...plain, Wait: 0 }],
    ["patch --wait 1h30m", { ...plain, Wait: 5_400_000 }],
    ["patch --wait 90s --no-wait", { ...plain, Wait: 0 }],
    ["patch --no-wait --wait 90s", { ...plain, Wait: 90_000 }],
    ["patch --sign", { ...plain, Sign: true }],
    ["patch --no-sign", { ...plain, Sign: false }],
    ["patch --no-hooks", { ...plain, Hooks: false }],
    ["patch --commit-message c --tag-message t", { ...plain, Messages: { Commit: "c", Tag: "t" } }],
    ["patch --accept dirty --accept retract-leaves-nothing=all=bad", {
      ...plain,
      Accept: [{ Code: "dirty" }, { Code: "retract-leaves-nothing", Reason: "all=bad" }],
    }],
    ["patch --accept dirty=a --accept dirty=b", {
      ...plain,
      Accept: [{ Code: "dirty", Reason: "b" }],
    }],
    ["patch --accept dirty=", { ...plain, Accept: [{ Code: "dirty" }] }],
    ["patch --no-api --json -q", plain],
    ["patch --no-build", { ...plain, Build: false }],
    ["patch --restore-replaces", { ...plain, RestoreReplaces: true }],
    ["major --layout folder --leave README.md --leave prose --rewrite docs/a.c", {
      ...plain,
      Modules: [{ Dir: "", Bump: "major" }],
      Major: {
        Layout: "folder",
        Classes: { Rewrite: ["docs/a.c"], Leave: ["README.md", "prose"] },
      },
    }],
    ["v2.0.0 --keep-branch v1", {
      ...plain,
      Modules: [{ Dir: "", Version: "v2.0.0" }],
      Major: { Keep: "v1", Classes: { Rewrite: [], Leave: [] } },
    }],
    ["plan patch sub", plain, "sub"],
    ["plan --wait 30s patch", { ...plain, Wait: 30_000 }],
    ["retract v1.0.0 --reason why", retracting],
    ["--reason why retract v1.0.0 --module sub", retracting, "sub"],
    ["plan retract v1.0.0 --reason why -o x", retracting],
    ["retract --self --reason why", {
      ...retracting,
      Edit: { Retract: [], Reason: "why", Self: true },
    }],
    ["retract v1.0.0..v1.0.2 [v1.1.0,v1.2.0-rc.1] v2.0.0+incompatible --reason why", {
      ...retracting,
      Edit: {
        Retract: [
          { Low: "v1.0.0", High: "v1.0.2" },
          { Low: "v1.1.0", High: "v1.2.0-rc.1" },
          { Low: "v2.0.0+incompatible", High: "v2.0.0+incompatible" },
        ],
        Reason: "why",
      },
    }],
    ["retract v1.0.0 --from v1.2.0 --reason why", { ...retracting, From: "v1.2.0" }],
    ["plan --from main~2 deprecate --reason why", {
      ...deprecating,
      From: "main~2",
    }],
    ["deprecate --reason why --module sub", deprecating, "sub"],
    // Refused with facts, not by the command line: a reversed range.
    ["retract v1.0.2..v1.0.0 --reason why", {
      ...retracting,
      Edit: { Retract: [{ Low: "v1.0.2", High: "v1.0.0" }], Reason: "why" },
    }],
  ];
  for (const [argv, choices, module] of table) {
    const wish = wishOf(argv.split(" "));
    const wanted = choices.Do !== "release"
      ? { ...choices, Modules: [{ Dir: "", Bump: "patch" as const }] }
      : choices;
    assert.deepEqual(wish.Choices, wanted, argv);
    assert.deepEqual(wish.Ask, module === undefined ? {} : { Module: module }, argv);
  }
  assert.deepEqual(wishOf(["retract", "[v1.0.0, v1.0.2]", "--reason", ""]).Choices.Edit, {
    Retract: [{ Low: "v1.0.0", High: "v1.0.2" }],
    Reason: "",
  });
});

Deno.test("the environment gives defaults, and a flag wins over it", () => {
  const env = {
    GOREL_WAIT: "10m",
    GOREL_NO_PUSH: "true",
    GOREL_SIGN: "0",
    GOREL_REMOTE: "upstream",
    GOREL_NO_HOOKS: "",
    GOREL_REASON: "not a default",
  };
  assert.deepEqual(wishOf(["patch"], env).Choices, {
    ...plain,
    Push: false,
    Wait: 600_000,
    Sign: false,
    Remote: "upstream",
  });
  const won = wishOf(["patch", "--wait", "1s", "--sign", "--remote", "origin"], env).Choices;
  assert.deepEqual([won.Wait, won.Sign, won.Remote], [1000, true, "origin"]);
  const opposite = { GOREL_PUSH: "0", GOREL_NO_WAIT: "1", GOREL_NO_SIGN: "1", GOREL_NO_HOOKS: "0" };
  assert.deepEqual(wishOf(["patch"], opposite).Choices, {
    ...plain,
    Push: false,
    Wait: 0,
    Sign: false,
  });
  assert.throws(
    () => wishOf(["patch"], { GOREL_PUSH: "1", GOREL_NO_PUSH: "1" }),
    /GOREL_NO_PUSH and GOREL_PUSH contradict each other/,
  );
  assert.throws(() => wishOf(["patch"], { GOREL_SIGN: "maybe" }), /GOREL_SIGN=maybe is neither/);
  assert.throws(() => wishOf(["patch"], { GOREL_WAIT: "soon" }), /GOREL_WAIT: soon is not a/);
  assert.throws(() => wishOf(["retract", "v1.0.0"], env), /needs --reason/);
});

Deno.test("several modules in one command are a train", () => {
  const { Choices, Ask } = wishOf(["minor", "codec", "./-odd", ".", "--pre", "rc"]);
  assert.deepEqual(Choices.Modules, Array(3).fill({ Dir: "", Bump: "minor", Pre: "rc" }));
  assert.deepEqual(Ask, { Modules: ["codec", "./-odd", "."] });
});

Deno.test("what the command line alone shows to be wrong is a usage error that says the way out", () => {
  const table: [argv: string[], sentence: RegExp, code?: string][] = [
    [["1.2.3"], /no command 1\.2\.3; did you mean v1\.2\.3\?$/],
    [["V1.2"], /did you mean v1\.2\.0\?$/],
    [["v1.2"], /v1\.2 is not one that Go accepts; did you mean v1\.2\.0\?/, "version-invalid"],
    [["v1.02.3"], /did you mean v1\.2\.3\?/, "version-invalid"],
    [["v1.2.3+meta"], /did you mean v1\.2\.3\?/, "version-invalid"],
    [["v1.2.3_4"], /Go versions look like/, "version-invalid"],
    [["v2.0.0+incompatible"], /cannot be released/, "version-invalid"],
    [["pacth"], /did you mean patch\?/],
    [["pre"], /did you mean prerelease\?/],
    [["frobnicate"], /no command frobnicate; gorel help lists them/],
    [["version"], /no command version; did you mean versions\?/],
    [["patch", "--jsn"], /unknown option --jsn; did you mean --json\?/],
    [["patch", "--from", "v1.0.0"], /unknown option --from/],
    [["major", "--layout", "rot"], /neither root nor folder/],
    [["major", "--keep-branch", "a b"], /is not the name of a branch/],
    [["major", "--keep-branch=-x"], /is not the name of a branch/],
    [["major", "--keep-branch", "HEAD"], /is not the name of a branch/],
    [["major", "--keep-branch", "refs/heads/v1"], /is not the name of a branch/],
    [["major", "--keep-branch", ""], /is not the name of a branch/],
    [["major", "--leave", "prose", "--rewrite", "prose"], /both to be rewritten and to be left/],
    [["patch", "--layout", "root"], /unknown option --layout/],
    [["patch", "--reason", "x"], /unknown option --reason/],
    [["plan", "patch", "--reason", "x"], /unknown option --reason/],
    [["patch", "-o", "x"], /unknown option -o/],
    [["release", "--pre", "rc"], /unknown option --pre/],
    [["patch", "--wait"], /--wait <DURATION> argument missing/],
    [["patch", "a", "b", "a"], /a is named twice/],
    [["patch", "a", "v1.2.4"], /gorel v1\.2\.4 releases that one/],
    [["patch", "a", "--module", "b"], /named twice/],
    [["patch", "v1.2.4"], /gorel v1\.2\.4 releases that one/],
    [["patch", ""], /--module is empty/],
    [["patch", "--pre", "rc.1"], /name the series only/, "version-invalid"],
    [["patch", "--pre", "r_c"], /is no identifier/, "version-invalid"],
    [["patch", "--pre", "rc."], /is no identifier/, "version-invalid"],
    [["patch", "--wait", "5x"], /--wait 5x is not a duration/],
    [["patch", "--wait", "5"], /is not a duration/],
    [["patch", "--wait", ""], /is not a duration/],
    [["patch", "--wait", "200h"], /longer than a week/],
    [["patch", "--accept", "dirt"], /no problem of that name; did you mean dirty\?/],
    [["patch", "--accept", "x=dirty"], /no problem of that name; gorel explain codes lists them$/],
    [["patch", "--tag-message", " "], /--tag-message is empty/],
    [["patch", "--remote", ""], /--remote is empty/],
    [["retract", "v1.0.0"], /needs --reason TEXT/],
    [["retract", "--reason", "x"], /needs the versions/],
    [["retract", "v1.0.0", "--reason", "x", "--from", ""], /--from is empty/],
    [["plan", "patch", "--from", "v1.0.0"], /unknown option --from/],
    [["deprecate"], /needs --reason TEXT/],
    [["deprecate", "v1.0.0", "--reason", "x"], /takes no operand, not v1\.0\.0/],
    [["plan", "deprecate", "v1.0.0", "--reason", "x"], /takes no operand: all versions/],
    [["deprecate", "--self", "--reason", "x"], /unknown option --self/],
    [["retract", "v1", "--reason", "x"], /did you mean v1\.0\.0\?/, "version-invalid"],
    [["retract", "v1.0.0..", "--reason", "x"], /needs both ends/, "version-invalid"],
    [["retract", "..v1.0.0", "--reason", "x"], /needs both ends/, "version-invalid"],
    [["retract", "v1.0.0...v1.1.0", "--reason", "x"], /not one that Go accepts/, "version-invalid"],
    [["retract", "[v1.0.0", "--reason", "x"], /is not a range/, "version-invalid"],
    [["retract", "v1.0.0,v1.1.0", "--reason", "x"], /is not a range/, "version-invalid"],
    [["retract", "[v1.0.0,v1.1]", "--reason", "x"], /did you mean v1\.1\.0/, "version-invalid"],
    [["plan"], /needs the words of a release/],
    [["plan", "plan", "patch"], /no release of that name/],
    [["plan", "status"], /status releases nothing/],
    [["plan", "frob"], /no release of that name/],
    [["undo", "x"], /gorel undo takes no operand, not x/],
    [["hash", "a", "b"], /takes one operand, not a b/],
    [["check", "v1"], /did you mean v1\.0\.0/, "version-invalid"],
    [["resume", "1.2.3"], /did you mean v1\.2\.3/, "version-invalid"],
    [["verify", "example.com/m@latest"], /Go versions look like/, "version-invalid"],
    [["help", "frob"], /no command or topic frob/],
  ];
  for (const [argv, sentence, code = "usage"] of table) {
    assert.throws(() => wishOf(argv), (error) => {
      assert.ok(error instanceof UsageError, `${argv.join(" ")}: ${error}`);
      assert.match(error.message, sentence, argv.join(" "));
      assert.equal(error.code, code, argv.join(" "));
      return true;
    }, argv.join(" "));
  }
});

Deno.test("a version operand may name its module", () => {
  assert.deepEqual(versionOperand("v1.0.0"), { Version: "v1.0.0" });
  assert.deepEqual(versionOperand("example.com/m@v1.0.0-rc.1"), {
    Module: "example.com/m",
    Version: "v1.0.0-rc.1",
  });
  assert.throws(() => versionOperand("@v1.0.0"), /names no module/);
  assert.throws(() => versionOperand("example.com/m@latest"), /Go versions look like/);
});

function randomVersion(r: Random): string {
  const number = () => r.chance(0.1) ? "18446744073709551617" : String(r.int(0, 12));
  const pre = r.chance(0.3) ? r.pick(["-rc.1", "-alpha", "-0", "-rc10.x-1"]) : "";
  return `v${number()}.${number()}.${number()}${pre}`;
}

const words = ["why", "a b", "-n", "--json", "--", "a=b", "x\ny", "é ✓", '"q"', "[v1.0.0,v1.1.0]"];

function randomInterval(r: Random): Interval {
  const Low = r.chance(0.1) ? "v3.0.0+incompatible" : randomVersion(r);
  return { Low, High: r.chance(0.5) ? Low : randomVersion(r) };
}

function randomMajor(r: Random): MajorChoice {
  const some = (of: readonly string[]) => r.shuffle([...of]).slice(0, r.int(0, 2));
  const said: MajorChoice = {
    ...(r.chance(0.5) && { Layout: r.pick(["root", "folder"] as const) }),
    ...(r.chance(0.5) && { Keep: r.pick(["v1", "release/v1", "é-v1"]) }),
    Classes: { Rewrite: some(["prose", "docs/é b.md", "-x"]), Leave: some(["url", "README.md"]) },
  };
  const nothing = said.Layout === undefined && said.Keep === undefined &&
    said.Classes.Rewrite.length + said.Classes.Leave.length === 0;
  return nothing ? { ...said, Layout: "root" } : said;
}

function randomChoices(r: Random): Choices {
  const maybe = <T>(key: string, make: () => T) => (r.chance(0.4) ? { [key]: make() } : {});
  const does = r.pick(
    ["release", "retract", "deprecate", "release", "unretract", "undeprecate"] as const,
  );
  const [retract, deprecate] = [does === "retract", does === "deprecate"];
  const offline = r.chance(0.2);
  const dir = r.chance(0.5) ? "" : r.pick(["sub", "a/b c", "-dash", "v1.2.3", "--json"]);
  const bump = r.pick(["patch", "minor", "major", "prerelease", "auto"] as const);
  const module: ModuleChoice = does !== "release"
    ? { Dir: dir, Bump: "patch" }
    : r.chance(0.3)
    ? { Dir: dir, Version: randomVersion(r) }
    : r.chance(0.1)
    ? { Dir: dir, Bump: "release" }
    : { Dir: dir, Bump: bump, ...maybe("Pre", () => r.pick(["rc", "beta", "a.b-1"])) };
  const self = retract && r.chance(0.3);
  const intervals = (least: number) =>
    Array.from({ length: r.int(least, 3) }, () => randomInterval(r));
  const from = does !== "release" && r.chance(0.4);
  return {
    Do: does,
    Modules: does === "release" && r.chance(0.2)
      ? ["", "x/y", "-odd", "v1.2.3"].map((Dir) => ({ ...module, Dir }))
      : [module],
    ...(from && { From: r.pick(["v1.0.0", "HEAD~1", "-x", ":/a b"]) }),
    ...(deprecate && { Edit: { Deprecate: true, Reason: r.chance(0.1) ? "" : r.pick(words) } }),
    ...(retract && {
      Edit: {
        Retract: intervals(self ? 0 : 1),
        Reason: r.chance(0.1) ? "" : r.pick(words),
        ...(self && { Self: true }),
      },
    }),
    ...(does === "unretract" && { Edit: { Unretract: intervals(1) } }),
    ...(does === "undeprecate" && { Edit: { Undeprecate: true } }),
    Include: from ? [] : r.shuffle(["a.go", "-x", "sub/é b.go"]).slice(0, r.int(0, 3)),
    ...maybe("Remote", () => r.pick(["origin", "up stream", "-r"])),
    Push: !offline && r.chance(0.7),
    Messages: { ...maybe("Commit", () => r.pick(words)), ...maybe("Tag", () => r.pick(words)) },
    ...maybe("Sign", () => r.chance(0.5)),
    Signoff: r.chance(0.3),
    Hooks: r.chance(0.7),
    Build: r.chance(0.7),
    RestoreReplaces: does === "release" && r.chance(0.2),
    ...(["major", "prerelease", "auto"].includes(module.Bump ?? "major") && does === "release" &&
      maybe("Major", () => randomMajor(r))),
    Wait: offline ? 0 : r.pick([0, 300_000, 1, 999, 61_001, r.int(0, 600_000_000)]),
    Offline: offline,
    Accept: r.shuffle(codes).slice(0, r.int(0, 3)).map((Code) => ({
      Code,
      ...maybe("Reason", () => r.pick(words)),
    })),
  };
}

Deno.test("choices survive the way to a command line and back", () => {
  const r = seeded("choices ↔ argv");
  for (let n = 0; n < cases(400, 20_000); n++) {
    const choices = randomChoices(r);
    const argv = toArgv(choices);
    const back = wishOf(argv);
    const dirs = (back.Ask.Modules ?? [back.Ask.Module ?? ""])
      .map((dir) => back.Ask.Modules ? dir.replace(/^\.(\/|$)/, "") : dir);
    const Modules = back.Choices.Modules.map((module, i) => ({ ...module, Dir: dirs[i]! }));
    assert.deepEqual(
      { ...back.Choices, Modules },
      choices,
      `case ${n}: ${JSON.stringify(argv)}`,
    );
    assert.deepEqual(toArgv({ ...back.Choices, Modules }), argv);
  }
});

Deno.test("the shortest command line names nothing that is the default", () => {
  assert.deepEqual(toArgv(plain), ["patch"]);
  assert.deepEqual(toArgv({ ...plain, Offline: true, Push: false, Wait: 0 }), [
    "patch",
    "--offline",
  ]);
  assert.deepEqual(toArgv(retracting), ["retract", "v1.0.0", "--reason", "why"]);
});

Deno.test("durations and ranges read back as they were written", () => {
  const r = seeded("durations and ranges");
  for (let n = 0; n < 300; n++) {
    const ms = r.int(0, 604_800_000);
    assert.equal(duration(durationText(ms), "--wait"), ms);
    const range = randomInterval(r);
    assert.deepEqual(interval(intervalText(range)), range);
    assert.deepEqual(interval(`[${range.Low}, ${range.High}]`), range);
  }
  assert.equal(durationText(5_400_000), "1h30m");
});
