/** Commands of `.gorel.toml` on the review: read to their end, agreed to by a key of their own. */
import { strict as assert } from "node:assert";
import { frame } from "../../../../lib/tui/frame.ts";
import { textOf } from "../../../../lib/tui/line.ts";
import type { Message, Model } from "../../../../lib/tui/model.ts";
import { behaviourOf } from "../../../../lib/tui/screens.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { focused, offered } from "../../../../lib/tui/update.ts";
import { picture } from "../../../support/pictures.ts";
import { sizes, wire } from "../../../support/wire.ts";
import { after, command, commanded, planOf, press, reviewOf } from "./planned.ts";

const repo = wire();
const minor = await reviewOf(repo, ["minor"]);
const from = await reviewOf(repo, ["retract", "v1.4.1"], { reason: "leaks", from: "v1.4.2" });
repo[Symbol.dispose]();

const check = "golangci-lint run --timeout 5m ./... && go test -race -count=1 ./... && echo good";
const some = [
  command("before prove", "go generate ./..."),
  command("before push", check),
  command("before push", "if test -f VERSION; then\n  cat VERSION\nfi"),
  command("after push", "./announce.sh"),
  command("after verify", "./celebrate.sh"),
];
const open = commanded(minor, some);

function shown(model: Model): string {
  return frame(model).map(textOf).join("\n");
}

/** What is agreed to by these messages, and whether something starts. */
function comesTo(model: Model, ...messages: Message[]): { agrees: unknown[]; starts: number } {
  const [, effects] = after(model, ...messages);
  return {
    agrees: effects.flatMap((e) => e.Do === "agree" ? [e.Commands] : []),
    starts: effects.filter((e) => e.Do === "apply").length,
  };
}

Deno.test("nothing but A agrees, and nothing starts before: no version, Enter, paste, number or answer", () => {
  const version: Message[] = [...press(..."v1.5.0"), ...press("enter")];
  const tries: Message[][] = [
    version,
    press("enter"),
    press("a", "y", "n", " ", "enter"),
    [{ Is: "paste", Text: "A" }, { Is: "paste", Text: "v1.5.0\n" }],
    [{ Is: "pick", Row: 0 }, { Is: "picks", Rows: [0, 1] }, { Is: "at", Row: 0 }],
    [{ Is: "answer", Text: "v1.5.0" }, { Is: "answer", Text: "A" }],
    [{ Is: "do", Action: "act" }, { Is: "do", Action: "next" }, { Is: "do", Action: "accept" }],
    press("^c"),
    press("esc"),
  ];
  const [big] = after(open, { Is: "size", Size: sizes.wide });
  for (const messages of tries) {
    assert.deepEqual(comesTo(big, ...messages), { agrees: [], starts: 0 });
  }
  assert.match(shown(after(big, ...version)[0]), /Nothing starts yet: A agrees to these commands/);
  assert.equal(focused(big), undefined);
  const [asked, effects] = after(big, ...press("A"));
  assert.deepEqual(effects, [{
    Do: "agree",
    Ticket: 1,
    Commands: some,
    CommonDir: effects[0]?.Do === "agree" ? effects[0].CommonDir : "",
  }]);
  // While it is being remembered, and after an answer about another plan, it is as before.
  for (const model of [asked, after(asked, { Is: "agreed", Ticket: 7 })[0]]) {
    assert.deepEqual(comesTo(model, ...press("A"), ...version), { agrees: [], starts: 0 });
  }
  const [agreed] = after(asked, { Is: "agreed", Ticket: 1 });
  assert.deepEqual(comesTo(agreed, ...version), { agrees: [], starts: 1 });
  assert.equal(comesTo(agreed, ...press(..."v1.5.A"), ...press("enter")).starts, 0);
});

Deno.test("what could not be remembered is said, and was not agreed to", () => {
  const [big] = after(open, { Is: "size", Size: sizes.wide }, ...press("A"));
  const [model] = after(big, {
    Is: "failed",
    Of: "agree",
    Text: "The disk is full.",
    Problems: [],
  });
  assert.match(shown(model), /The disk is full/);
  assert(offered(model).some((o) => o.Action === "agree"));
  assert.equal(comesTo(model, ...press(..."v1.5.0", "enter")).starts, 0);
});

Deno.test("a plan whose agreement nobody told of starts nothing; one that runs none of them does", () => {
  assert(open.Planning?.State === "planned");
  const { Agreement: _, ...planned } = open.Planning;
  const version = press(..."v1.5.0", "enter");
  assert.equal(comesTo({ ...open, Planning: planned }, ...version).starts, 0);
  const none = commanded(minor, [command("before prove", "x"), command("after commit", "y")]);
  const plan = planOf(none);
  const without = plan.Steps.filter((s) => s.Do !== "prove" && s.Do !== "commit");
  const Planning = { ...none.Planning, Plan: { ...plan, Steps: without } } as Model["Planning"];
  assert(Planning);
  assert.equal(comesTo({ ...none, Planning }, ...version).starts, 1);
});

Deno.test("what does not fit is read to its end first, in every window", () => {
  const many = commanded(
    minor,
    Array.from({ length: 40 }, (_, i) => command("before push", `./check-${i}.sh`)),
  );
  for (const size of Object.values(sizes)) {
    let [model] = after(many, { Is: "size", Size: size });
    let seen = "";
    for (let pages = 0; !offered(model).some((o) => o.Action === "agree"); pages++) {
      assert(pages < 60, "the end never comes");
      assert.deepEqual(comesTo(model, ...press("A")), { agrees: [], starts: 0 });
      assert.match(after(model, ...press("A"))[0].Note!, /read the commands to their end/);
      seen += picture(model, size);
      [model] = after(model, ...press("pgdn"));
    }
    seen += picture(model, size);
    for (let i = 0; i < 40; i++) assert(seen.includes(`./check-${i}.sh`), `${i} was not shown`);
    const [back] = after(model, ...press("pgup", "pgup", "pgup"));
    assert.equal(comesTo(back, ...press("A")).agrees.length, 1, "what was read stays read");
  }
  const [tiny] = after(open, { Is: "size", Size: { Columns: 30, Rows: 60 } });
  assert.deepEqual(
    comesTo(tiny, ...press("A")),
    { agrees: [], starts: 0 },
    "nothing is shown there",
  );
});

Deno.test("nothing of a command can hide: what no terminal shows stands as an escape", () => {
  const hidden = [
    "go vet ./...\x1b]0; rm -rf ~ #\x07",
    "go vet ./... \x9d; rm -rf ~\x9c",
    "echo a\u202e; rm -rf ~ #\u2066",
    "go vet ./...\r; rm -rf ~",
    `go vet ./...${" ".repeat(5000)}; rm -rf ~`,
    `echo ${"x".repeat(25_000)}; rm -rf ~`,
    "true\u2028rm -rf ~\u200b",
    "e\u0301\u0301\u0301\u0301; rm -rf ~",
    "\x1b[8mrm -rf ~\x1b[0m",
    "\x1bPq rm -rf ~",
  ];
  for (const run of hidden) {
    const model = commanded(minor, [command("after push", run)]);
    const told = behaviourOf(top(model)).tell(model, top(model)).join("\n");
    for (const ascii of [false, true]) {
      let [at] = after({ ...model, Style: { ...model.Style, ascii } }, {
        Is: "size",
        Size: sizes.wide,
      });
      let seen = "";
      for (; !offered(at).some((o) => o.Action === "agree"); [at] = after(at, ...press("pgdn"))) {
        seen += picture(at);
      }
      seen += picture(at);
      // deno-lint-ignore no-control-regex
      assert.doesNotMatch(seen, /(?!\n)[\x00-\x1f\x7f-\x9f\u200b\u2028\u202e\u2066]/);
      const squeezed = seen.replace(/\s+/g, "");
      assert(squeezed.includes("rm-rf~"), JSON.stringify(run.slice(0, 40)));
      if (ascii) assert.doesNotMatch(seen, /[^\n -~]/);
    }
    assert(told.includes("rm -rf ~"), JSON.stringify(run.slice(0, 40)));
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(told, /(?!\n)[\x00-\x1f\x7f-\x9f\u200b\u2028\u202e\u2066]/);
  }
});

Deno.test("a space of a very long command stays where it is: two words are no other one", () => {
  const model = commanded(minor, [command("after push", `${"x".repeat(3999)} y`)]);
  let [at] = after(model, { Is: "size", Size: sizes.wide });
  let seen = picture(at);
  for (; !offered(at).some((o) => o.Action === "agree"); seen += picture(at)) {
    [at] = after(at, ...press("pgdn"));
  }
  assert.match(seen, /xx y/);
  assert.doesNotMatch(seen, /xxy/);
});

Deno.test("once agreed to, they stand among the steps, on their side of the line", () => {
  const all = commanded(from, [
    command("after verify", "./celebrate.sh"),
    command("before push", "one"),
    command("before push", "two"),
    command("after tag", "tagged"),
    command("before write", "early"),
    command("after push", "out"),
  ], "agreed");
  const rows = behaviourOf(top(all)).rows(all, top(all)).map((r) => `${r.Label} ${r.Detail}`);
  const at = (words: string) => {
    const i = rows.findIndex((row) => row.startsWith(words));
    assert(i >= 0, `${words} in ${rows.join("\n")}`);
    return i;
  };
  const order = [
    "run before write: early",
    "commit ",
    "tag ",
    "run after tag: tagged",
    "run before push: 2 commands: one",
    "push ",
    "run after push: out",
    "verify ",
    "run after verify: ./celebrate.sh",
  ].map(at);
  assert.deepEqual(order, order.toSorted((a, b) => a - b));
  const text = picture(all, sizes.wide);
  assert.match(text, /before push: 2[^]*━━ nobody[^]*push [^]*run +after push: out/);
  const told = behaviourOf(top(all)).tell(all, top(all)).join("\n");
  assert.match(told, /run: before push: 2 commands: one\n {3}one\n {3}two\n━━ nobody/);
  const [on] = after(all, ...press(...Array(at("run before push")).fill("down")));
  assert.match(
    picture(on, sizes.wide),
    /│ {3}one\n.*│ {3}two\n[^]*stops the release before the push/,
  );
});

Deno.test("commands, as they look", async (t) => {
  const shows = (name: string, model: Model, of: Partial<typeof sizes> = sizes) =>
    t.step(name, async (t) => {
      for (const size of Object.values(of)) {
        await t.assertSnapshot(picture({ ...model, Size: size }, size));
      }
    });
  const few = { normal: sizes.normal, small: sizes.small };
  await shows("not agreed to yet", open);
  await shows(
    "read to the end",
    after({ ...open, Size: sizes.small }, ...press("pgdn", "pgdn", "pgdn"))[0],
    { small: sizes.small },
  );
  await shows("one command", commanded(minor, some.slice(1, 2)), few);
  await shows("agreed to", commanded(minor, some, "agreed"), few);
  await shows("ascii", { ...open, Style: { ...open.Style, ascii: true } }, few);
  await t.step("for those without a screen", async (t) => {
    await t.assertSnapshot(behaviourOf(top(open)).tell(open, top(open)).join("\n"));
  });
});
