/** A plan of several files on the review: every kind of change, and how the commit is made. */
import assert from "node:assert/strict";
import { plan } from "../../../../../commands/carry.ts";
import { filesBefore } from "../../../../../commands/changes.ts";
import { defaults, type Flags } from "../../../../../lib/cli/flags.ts";
import { machine } from "../../../../../lib/cli/machine.ts";
import { toChoices } from "../../../../../lib/cli/options.ts";
import { releaseCommit } from "../../../../../lib/plan/commits.ts";
import type { Model, Planning } from "../../../../../lib/tui/model.ts";
import { behaviourOf } from "../../../../../lib/tui/screens.ts";
import { changeOf, sizeOf } from "../../../../../lib/tui/screens/review/change.ts";
import { hookWords, howWords } from "../../../../../lib/tui/screens/review/how.ts";
import { planRows } from "../../../../../lib/tui/screens/review/steps.ts";
import { environment } from "../../../../support/gorel.ts";
import { picture } from "../../../../support/pictures.ts";
import type { Repo } from "../../../../support/repo.ts";
import { factsOf, modelOf, sizes, wire } from "../../../../support/wire.ts";
import { after, press, review } from "../planned.ts";

using repo = wire();
const many = Array.from({ length: 40 }, (_, i) => `// ${i + 1}\n`);
repo.commit("wire: a long file", {
  "long.go": `package wire\n\n${many.join("")}`,
  "run.sh": "#!/bin/sh\n",
  "logo.png": "\x89PNG\0one",
});
const long = `package wire\n\n${many.with(19, "// twenty\n").join("")}`;
repo.write("long.go", long);
Deno.chmodSync(`${repo.dir}/run.sh`, 0o755);
repo.write("logo.png", "\x89PNG\0another");
repo.write("new.txt", "no line end");
Deno.symlinkSync("wire.go", `${repo.dir}/link.go`);
Deno.removeSync(`${repo.dir}/LICENSE`);
using tidy = wire();
for (const name of ["pre-commit", "commit-msg", "post-commit"]) {
  for (const { dir } of [repo, tidy]) {
    Deno.writeTextFileSync(`${dir}/.git/hooks/${name}`, "#!/bin/sh\n", { mode: 0o755 });
  }
}

async function planned(repo: Repo, words: string[], flags: Partial<Flags>): Promise<Model> {
  const services = machine({ ...environment(), ...repo.env });
  const [word = "", ...args] = words;
  const accept = ["proxy-unset=this test has none"];
  const { Choices } = toChoices(word, args, { ...defaults(), accept, ...flags });
  const made = await plan(Choices, { Dir: repo.dir }, services);
  assert.ok("Plan" in made);
  const Before = await filesBefore(made.Facts.Repo.Git, made.Plan);
  return {
    ...modelOf(await factsOf(repo), { Name: "home", Row: 0 }, review),
    Draft: Choices,
    Planning: { State: "planned", Ticket: 1, Plan: made.Plan, Facts: made.Facts, Before },
  };
}

const include = ["LICENSE", "link.go", "logo.png", "long.go", "new.txt", "run.sh"];
const files = await planned(repo, ["patch"], { include, signoff: true });
const retracts = await planned(tidy, ["retract", "v1.4.2"], {
  reason: "panics",
  from: "v1.4.2",
  self: true,
  hooks: false,
});

function planOf({ Planning }: Model): Extract<Planning, { State: "planned" }> {
  assert.ok(Planning?.State === "planned");
  return Planning;
}

Deno.test("every kind of change is shown as what it is, each under the name of its file", () => {
  const known = planOf(files);
  const [commit] = planRows(known.Plan, known.Facts);
  const lines = changeOf(commit!, known).map(({ Sign, Text }) => Sign + Text);
  assert.deepEqual(lines, [
    ...["@LICENSE: it goes away", "-MIT"],
    ...["@link.go: a symbolic link", "+wire.go", "@no line end at the end of the file"],
    "@logo.png: not text, 13 bytes",
    ...["@long.go", "@@@ line 20", " // 18", " // 19", "-// 20", "+// twenty", " // 21", " // 22"],
    ...["@new.txt: a new file", "+no line end", "@no line end at the end of the file"],
    "@run.sh: its mode becomes 100755",
  ]);
  assert.equal(sizeOf(commit!, known), "6 files +3 -2");
});

Deno.test("without the files as they were, what goes and comes is shown, or that it is not all", () => {
  const { Plan, Facts } = planOf(files);
  const changeWith = (more: { Text: string } | null) => {
    const Steps = Plan.Steps.filter((s) => s.Do !== "write" || s.File === "long.go").map((s) => {
      const { Edits: _, ...whole } = s.Do === "write" ? s : { Edits: [] };
      return more && s.Do === "write" ? { ...whole, ...more } as typeof s : { ...s };
    });
    const known = { Plan: { ...Plan, Steps }, Facts };
    return changeOf(planRows(known.Plan, Facts)[0]!, known).map(({ Sign, Text }) => Sign + Text);
  };
  assert.deepEqual(changeWith(null), ["-// 20", "+// twenty"]);
  const whole = changeWith({ Text: long });
  assert.match(whole[0]!, /^@all of it, for what it held before/);
  assert.equal(whole.length, 43);
});

Deno.test("hooks, signatures and sign-off are said in words", () => {
  const { Plan, Facts } = planOf(files);
  const { Draft } = files;
  assert.equal(
    howWords(Facts, Draft, true),
    "pre-commit and commit-msg run · nothing is signed · signed off",
  );
  assert.equal(
    howWords(Facts, { ...Draft, Sign: true, Hooks: false, Signoff: false }, true),
    "no hook runs · commit and tag are signed",
  );
  // A release of what is committed makes no commit.
  assert.equal(howWords(Facts, { ...Draft, Include: [], Sign: true }, false), "tag is signed");
  const commit = releaseCommit(Plan)!;
  assert.deepEqual(hookWords(Plan, commit, Facts, Draft), [
    "Before it pre-commit and commit-msg run: a refusal, or a change of files or message, stops it.",
    "After it post-commit runs.",
  ]);
  const merge = planOf(retracts);
  const tip = merge.Plan.Steps.findLast((s) => s.Do === "commit")!;
  assert.ok(tip.Do === "commit");
  assert.deepEqual(hookWords(merge.Plan, tip, merge.Facts, { ...retracts.Draft, Hooks: true }), [
    "Before it commit-msg runs: a refusal, or a change of files or message, stops it.",
  ]);
  assert.deepEqual(hookWords(merge.Plan, tip, merge.Facts, retracts.Draft), [
    "Git's hooks do not run: --no-hooks.",
  ]);
});

Deno.test("plain words read out the files", () => {
  const told = behaviourOf(review).tell(files, review).join("\n");
  assert.match(told, /^1\. commit: Release v1\.4\.3, 6 files \+3 -2 \(can be undone\)$/m);
  assert.match(told, /^ {3}Signed-off-by: /m);
  assert.match(told, /^ {3}@ logo\.png: not text, 13 bytes$/m);
  assert.match(told, /pre-commit and commit-msg run/);
});

Deno.test("the review of files, as it looks", async (t) => {
  for (const size of ["normal", "small", "wide"] as const) {
    await t.assertSnapshot(picture(files, sizes[size]));
  }
  await t.assertSnapshot(picture(after(files, ...press("pgdn", "pgdn"))[0], sizes.normal));
});
