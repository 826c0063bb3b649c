import assert from "node:assert/strict";
import { plan } from "../../../../commands/carry.ts";
import { defaults, type Flags } from "../../../../lib/cli/flags.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import { toArgv } from "../../../../lib/cli/back.ts";
import { toChoices } from "../../../../lib/cli/options.ts";
import type { Choices } from "../../../../lib/choices.ts";
import type { Facts } from "../../../../lib/facts/types.ts";
import type { Plan } from "../../../../lib/plan/types.ts";
import { commandLine } from "../../../../lib/tui/command.ts";
import type { Effect, Message, Model, Press } from "../../../../lib/tui/model.ts";
import { groundOf } from "../../../../lib/tui/screens/guided/ground.ts";
import { type GuidedScreen, newGuided } from "../../../../lib/tui/screens/guided.ts";
import { open, top } from "../../../../lib/tui/turn.ts";
import { offered, update } from "../../../../lib/tui/update.ts";
import { behaviourOf } from "../../../../lib/tui/screens.ts";
import { environment } from "../../../support/gorel.ts";
import { picture } from "../../../support/pictures.ts";
import { Repo } from "../../../support/repo.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";

const reason = "panics on empty frames";

function pressOf(name: string): Press {
  if (name === "space") return { Key: "char", Char: " " };
  if (name.startsWith("^")) return { Key: "char", Char: name.slice(1), Ctrl: true };
  return name.length === 1 ? { Key: "char", Char: name } : { Key: name as Press["Key"] };
}

/** The screens over a repository: keys go in, wishes for a plan are answered as the program does. */
class Walk {
  readonly effects: Effect[] = [];
  constructor(public model: Model, readonly repo?: Repo) {}

  get screen(): GuidedScreen {
    return top(this.model) as GuidedScreen;
  }

  get ground() {
    return groundOf(this.model, this.screen);
  }

  /** Names of keys; a text in quotes is typed letter by letter. */
  async keys(...names: string[]): Promise<this> {
    for (const name of names.flatMap((n) => n.startsWith('"') ? [...n.slice(1)] : [n])) {
      await this.hear({ Is: "press", Press: pressOf(name) });
    }
    return this;
  }

  async hear(message: Message): Promise<void> {
    const [model, effects] = update(this.model, message);
    this.model = model;
    this.effects.push(...effects);
    for (const effect of effects) {
      if (effect.Do !== "plan" || !this.repo) continue;
      const planned = await planOf(this.repo, effect.Choices);
      [this.model] = update(this.model, { Is: "planned", Ticket: effect.Ticket, ...planned });
    }
  }

  at(): [number, string] {
    return [this.screen.Step, this.screen.Focus];
  }
}

/** The plan as `gorel plan` makes it; its proxy is an empty folder. */
async function planOf(repo: Repo, choices: Choices): Promise<{ Plan: Plan; Facts: Facts }> {
  const proxy = repo.folder.join("proxy");
  Deno.mkdirSync(proxy, { recursive: true });
  const services = machine({ ...environment(), ...repo.env, GOPROXY: `file://${proxy}` });
  const made = await plan(choices, { Dir: repo.dir }, services);
  assert.ok("Plan" in made);
  return made;
}

function opened(facts: Facts, repo?: Repo): Walk {
  const model = modelOf(facts);
  return new Walk(open(model, newGuided(model)), repo);
}

function flags(given: Partial<Flags>): Flags {
  return { ...defaults(), ...given };
}

/** From the first key to the fourth step: the version, its kind, the reason, the way. */
const toStep2 = ["enter", "enter", "^u", `"${reason}`, "enter"];

Deno.test("patch and retract, guided", async (t) => {
  using repo = wire();
  const facts = await factsOf(repo);

  await t.step("begins at the version that users get, with the command that would do", () => {
    const walk = opened(facts);
    assert.deepEqual(walk.ground.Marked, ["v1.4.2"]);
    assert.equal(
      commandLine(walk.model),
      "gorel retract v1.4.2 --reason 'gives wrong results; use v1.4.3'",
    );
  });

  await t.step(
    "with the fix on the branch gives the plan of the flags, byte for byte",
    async () => {
      const walk = await opened(facts, repo).keys(...toStep2, "enter", "enter");
      const choices = toChoices(
        "retract",
        ["v1.4.2"],
        flags({ reason: `${reason}; use v1.4.3` }),
      ).Choices;
      assert.deepEqual(walk.model.Draft, choices);
      const { Planning } = walk.model;
      assert.ok(Planning?.State === "planned");
      const { Plan } = await planOf(repo, choices);
      assert.equal(JSON.stringify(Planning.Plan), JSON.stringify(Plan));
      assert.equal(Plan.Releases[0]!.Version, "v1.4.3");
      assert.equal(Plan.Releases[0]!.Expect.Latest, walk.ground.Way.Outlook!.Latest);
      const rows = walk.ground.Way.Outlook!.Gets;
      assert.equal(rows.find((r) => r.Query === "@latest")!.After, Plan.Releases[0]!.Expect.Latest);
    },
  );

  await t.step("with the fix to come gives the plan of --from and --self", async () => {
    const walk = await opened(facts, repo).keys(...toStep2, "down", "enter", "enter");
    const choices = toChoices(
      "retract",
      ["v1.4.2"],
      flags({ reason: `${reason}; use v1.4.1`, from: "v1.4.2", self: true }),
    ).Choices;
    assert.deepEqual(walk.model.Draft, choices);
    const { Planning } = walk.model;
    assert.ok(Planning?.State === "planned");
    const { Plan } = await planOf(repo, choices);
    assert.equal(JSON.stringify(Planning.Plan), JSON.stringify(Plan));
    assert.equal(Plan.Releases[0]!.Expect.Latest, "v1.4.1");
    assert.equal(walk.ground.Way.Outlook!.Latest, "v1.4.1");
    assert.deepEqual(Plan.Steps.filter((s) => s.Do === "commit").length, 2);
  });

  await t.step(
    "of an older version, which a good one has replaced, ships nothing else",
    async () => {
      const walk = await opened(facts, repo).keys("down", ...toStep2, "enter", "enter");
      const choices = toChoices(
        "retract",
        ["v1.4.1"],
        flags({ reason: `${reason}; use v1.4.2`, from: "v1.4.2" }),
      ).Choices;
      assert.deepEqual(walk.model.Draft, choices);
      assert.equal(walk.model.Planning?.State, "planned");
    },
  );

  await t.step("marks several versions, and a range leaves out what is retracted", async () => {
    const one = await opened(facts).keys("down", "space", "enter");
    assert.deepEqual(one.model.Draft.Edit?.Retract, [{ Low: "v1.4.1", High: "v1.4.2" }]);
    const range = await opened(facts).keys("v", "last", "end", "v", "enter");
    assert.deepEqual(range.ground.Marked, ["v1.2.3", "v1.4.0", "v1.4.1", "v1.4.2"]);
    assert.deepEqual(range.model.Draft.Edit?.Retract, [
      { Low: "v1.2.3", High: "v1.2.3" },
      { Low: "v1.4.0", High: "v1.4.2" },
    ]);
    const none = await opened(facts).keys("space", "enter");
    assert.match(none.model.Note!, /Nothing is marked/);
    assert.deepEqual(none.at(), [1, "versions"]);
    const retracted = await opened(facts).keys("down", "down", "down", "enter");
    assert.match(retracted.model.Note!, /v1\.3\.0 is retracted already/);
  });

  await t.step("goes back one question at a time, and home from the first", async () => {
    const walk = await opened(facts, repo).keys(...toStep2, "enter", "enter", "enter");
    const seen: [number, string][] = [];
    for (let i = 0; i < 7; i++) {
      seen.push(walk.at());
      await walk.keys("esc");
    }
    assert.deepEqual(seen, [
      [5, "reason"],
      [4, "reason"],
      [3, "reason"],
      [2, "reason"],
      [1, "reason"],
      [1, "kind"],
      [1, "versions"],
    ]);
    assert.equal(top(walk.model).Name, "home");
    assert.deepEqual(walk.model.Draft, walk.model.Given);
    assert.ok(!walk.effects.some((e) => e.Do === "apply"));
  });

  await t.step("stops without a change where the fix is to be made first", async () => {
    const walk = await opened(facts).keys(...toStep2, "down", "down", "enter");
    assert.equal(top(walk.model).Name, "home");
    assert.deepEqual(walk.model.Draft, walk.model.Given);
  });

  await t.step("highlighting an answer is enough to see what it would do", async () => {
    const walk = await opened(facts).keys(...toStep2);
    assert.equal(walk.model.Draft.From, undefined);
    await walk.keys("down");
    assert.deepEqual(toArgv(walk.model.Draft).slice(0, 2), ["retract", "v1.4.2"]);
    assert.equal(walk.model.Draft.From, "v1.4.2");
    assert.equal(walk.ground.Way.Outlook!.Latest, "v1.4.1");
    await walk.keys("up");
    assert.equal(walk.model.Draft.From, undefined);
    assert.equal(walk.model.Draft.Edit!.Reason, `${reason}; use v1.4.3`);
  });

  await t.step(
    "a reason that go would not show does not pass, an empty one is the suggestion",
    async () => {
      const walk = await opened(facts).keys("enter", "enter", "^u", "^k");
      assert.equal(walk.screen.Reason.Text, "");
      assert.equal(walk.model.Draft.Edit!.Reason, "gives wrong results; use v1.4.3");
      await walk.hear({ Is: "paste", Text: "x".repeat(501) });
      await walk.keys("enter");
      assert.match(walk.model.Note!, /501 bytes/);
      assert.deepEqual(walk.at(), [1, "reason"]);
      await walk.keys("^u", "enter");
      assert.deepEqual(walk.at(), [2, "reason"]);
    },
  );

  await t.step("a pasted line end is text and goes nowhere", async () => {
    const walk = await opened(facts).keys("enter", "enter", "^u", "^k");
    await walk.hear({ Is: "paste", Text: "first\nsecond\n" });
    assert.deepEqual(walk.at(), [1, "reason"]);
    assert.equal(walk.screen.Reason.Text, "first second ");
  });

  await t.step("what the editor gives back is the reason", async () => {
    const walk = await opened(facts).keys("enter", "enter", "^g");
    assert.deepEqual(walk.effects.at(-1), {
      Do: "edit",
      What: "reason",
      Text: "gives wrong results; use v1.4.3",
    });
    await walk.hear({ Is: "edited", What: "reason", Text: "loses data\n" });
    assert.equal(walk.model.Draft.Edit!.Reason, "loses data");
  });

  await t.step("says so when the reason sends users to a retracted version", async () => {
    const walk = await opened(facts).keys("enter", "enter", "^u", "^k", '"broken; use v1.4.2');
    assert.match(picture(walk.model), /sends users to v1\.4\.2, which is retracted too/);
  });

  await t.step("l and d show commits and diff, and esc returns to the same row", async () => {
    const walk = await opened(facts).keys(...toStep2, "down", "l");
    assert.match(picture(walk.model), /205c6ec|feat: options for the client/);
    await walk.keys("esc", "d");
    assert.deepEqual(walk.effects.at(-1), { Do: "diff", Of: "guided", From: "v1.4.2", Dir: "" });
    const Lines = repo.git("diff", "v1.4.2..HEAD").split("\n");
    await walk.hear({ Is: "diff", Of: "guided", Lines });
    assert.match(picture(walk.model), /\+ type Option int/);
    await walk.keys("j", "pgdn", "esc");
    assert.equal(walk.screen.Row, 1);
    assert.equal(walk.screen.Look, undefined);
  });

  await t.step("facts that arrive later move neither the cursor nor what was chosen", async () => {
    const local = await factsOf(repo, false);
    const model = { ...modelOf(local), Whole: false };
    const walk = new Walk(open(model, newGuided(model)));
    await walk.keys("down", "down");
    await walk.hear({ Is: "facts", Facts: facts, Whole: true });
    assert.equal(walk.ground.Versions[walk.screen.Row]!.Version, "v1.4.0");
    await walk.keys("enter");
    assert.deepEqual(walk.model.Draft.Edit!.Retract, [{ Low: "v1.4.0", High: "v1.4.0" }]);
  });

  await t.step(
    "without facts there is a way back, and the choice is made when they come",
    async () => {
      const model = modelOf(undefined);
      const walk = new Walk(open(model, newGuided(model)));
      assert.deepEqual(offered(walk.model).map((o) => o.Action), ["again", "back"]);
      assert.match(picture(walk.model), /reading the module/);
      await walk.hear({ Is: "facts", Facts: facts, Whole: true });
      assert.deepEqual(walk.ground.Marked, ["v1.4.2"]);
    },
  );

  await t.step("plain mode goes the same way with numbers and words", async () => {
    const walk = opened(facts, repo);
    await walk.hear({ Is: "pick", Row: 1 });
    await walk.hear({ Is: "pick", Row: 1 });
    const marked = behaviourOf(walk.screen).tell(walk.model, walk.screen).join("\n");
    assert.match(marked, /Marked as bad: v1\.4\.2\./);
    await walk.hear({ Is: "do", Action: "act" });
    await walk.hear({ Is: "pick", Row: 0 });
    await walk.hear({ Is: "answer", Text: `${reason}; use v1.4.3` });
    const told = behaviourOf(walk.screen).tell(walk.model, walk.screen).join("\n");
    assert.match(told, /Both ship in v1\.4\.3/);
    assert.match(told, /@latest becomes v1\.4\.1/);
    await walk.hear({ Is: "pick", Row: 1 });
    await walk.hear({ Is: "pick", Row: 0 });
    const diff = behaviourOf(walk.screen).tell(walk.model, walk.screen).join("\n");
    assert.match(diff, /\+ {5}v1\.4\.3/);
    assert.match(diff, /go: warning: example\.com\/acme\/wire@v1\.4\.2: retracted/);
    await walk.hear({ Is: "pick", Row: 0 });
    await walk.hear({ Is: "pick", Row: 0 });
    assert.equal(top(walk.model).Name, "preflight");
  });

  const ways: [string, string[]][] = [
    ["1 versions", []],
    ["1 kind: secret", ["enter", "down", "down"]],
    ["1 reason", ["enter", "enter"]],
    ["2 fix on the branch", toStep2],
    ["2 fix later", [...toStep2, "down"]],
    ["2 stop", [...toStep2, "down", "down"]],
    ["2 a good version is out", ["down", ...toStep2]],
    ["3 fix on the branch", [...toStep2, "enter"]],
    ["3 fix later", [...toStep2, "down", "enter"]],
    ["4 fix on the branch", [...toStep2, "enter", "enter"]],
    ["4 fix later", [...toStep2, "down", "enter", "enter"]],
    ["5 fix on the branch", [...toStep2, "enter", "enter", "enter"]],
    ["5 fix later", [...toStep2, "down", "enter", "enter", "enter"]],
  ];
  for (const [name, keys] of ways) {
    await t.step(`step ${name}`, async (t) => {
      const { model } = await opened(facts, repo).keys(...keys);
      for (const size of ["normal", "small", "wide"] as const) {
        await t.assertSnapshot(picture(model, sizes[size]));
      }
    });
  }

  await t.step("the sandbox says a little more, in ASCII where it must", async (t) => {
    const { model } = await opened(facts, repo).keys(...toStep2, "down", "enter", "enter");
    const shown: Model = { ...model, Sandbox: true, Style: { ...model.Style, ascii: true } };
    await t.assertSnapshot(picture(shown, sizes.wide));
  });
});

Deno.test("without a commit since the bad version only the later fix is left", async (t) => {
  using repo = wire();
  repo.git("reset", "-q", "--hard", "v1.4.2");
  repo.write("frame.go", "package wire\n\nfunc frame() { _ = 9 }\n");
  const facts = await factsOf(repo);
  const walk = await opened(facts, repo).keys(...toStep2);
  assert.equal(walk.screen.Row, 1);
  assert.equal(walk.model.Draft.From, "v1.4.2");
  assert.equal(walk.model.Draft.Edit!.Reason, `${reason}; use v1.4.1`);
  await t.assertSnapshot(picture(walk.model));
  repo.git("checkout", "-q", ".");
  await walk.keys("up", "enter");
  assert.match(walk.model.Note!, /no commit since v1\.4\.2/);
  await walk.keys("down", "enter", "enter");
  assert.ok(walk.model.Planning?.State === "planned");
  const commits = walk.model.Planning.Plan.Steps.filter((s) => s.Do === "commit");
  assert.equal(commits.length, 1);
});

Deno.test("below the highest release the branch cannot carry a retraction", async () => {
  using repo = wire();
  repo.git("checkout", "-q", "-b", "old", "v1.4.0");
  repo.commit("frames: repair", { "frame.go": "package wire\n\nfunc frame() { _ = 3 }\n" });
  const walk = await opened(await factsOf(repo)).keys(...toStep2);
  const { Ways } = walk.ground;
  assert.match(Ways.here.Off!, /v1\.4\.1 would be below v1\.4\.2/);
  assert.equal(Ways.later.Off, undefined);
  assert.match(picture(walk.model), /v1\.4\.2 is not in the history of old/);
});

Deno.test("a module with one version says that nothing is left for @latest", async () => {
  using repo = new Repo();
  repo.commit("begin", {
    "go.mod": "module example.com/one\n\ngo 1.22\n",
    "one.go": "package one\n",
  });
  repo.tag("v0.1.0");
  repo.withRemote();
  const walk = await opened(await factsOf(repo)).keys(...toStep2);
  assert.equal(walk.ground.Way.Outlook!.Latest, null);
  assert.equal(walk.model.Draft.Edit!.Reason, reason);
  assert.match(picture(walk.model), /Nothing good is left: go get @latest fails/);
});

Deno.test("words from a repository cannot disturb the steps", async () => {
  using repo = wire();
  repo.commit("\x1b[2Jfix\x1b]8;;http://e\x07 \u202egnp " + "字".repeat(300), {
    "a.go": "package wire\n",
  });
  repo.git("checkout", "-q", "-b", "b" + "r".repeat(200));
  const walk = await opened(await factsOf(repo)).keys(...toStep2);
  for (const size of Object.values(sizes)) {
    const shown = picture(walk.model, size);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(shown, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    assert.equal(shown.split("\n").length, size.Rows);
  }
});
