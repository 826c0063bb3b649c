/** Screens and flags: the plan that is made is the same to the byte, and so is the command that is shown. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { plan, rooted } from "../../commands/carry.ts";
import { changedFiles } from "../../commands/changes.ts";
import { machine } from "../../lib/cli/machine.ts";
import { jsonText } from "../../lib/text.ts";
import { commandWords } from "../../lib/tui/command.ts";
import type { Effect, Model, Press } from "../../lib/tui/model.ts";
import { behaviourOf } from "../../lib/tui/screens.ts";
import { top } from "../../lib/tui/turn.ts";
import { update } from "../../lib/tui/update.ts";
import { environment, gorel } from "../support/gorel.ts";
import type { Repo } from "../support/repo.ts";
import { factsOf, modelOf, wire } from "../support/wire.ts";

/** What is pressed, in words: `down`, `enter`, or text that is typed letter by letter. */
type Keys = readonly string[];

const names = ["up", "down", "enter", "esc", "tab", "home", "end", "pgdn"] as const;

function presses(word: string): Press[] {
  const Key = names.find((name) => name === word);
  return Key ? [{ Key }] : [...word].map((Char) => ({ Key: "char", Char }));
}

/** Presses keys from home on; gives where that led, and the last plan that was asked for. */
async function walk(
  model: Model,
  keys: Keys,
): Promise<{ Model: Model; Asked: Effect & { Do: "plan" } }> {
  let at = model;
  let asked: Effect & { Do: "plan" } | undefined;
  for (const Press of keys.flatMap(presses)) {
    const [next, effects] = update(at, { Is: "press", Press });
    at = next;
    for (const effect of effects) {
      if (effect.Do === "plan") asked = effect;
      if (effect.Do !== "changes") continue;
      const Files = await changedFiles(at.Facts!.Repo.Git);
      at = update(at, { Is: "changes", Files })[0];
    }
  }
  assert.ok(asked, `${keys.join(" ")} asked for no plan`);
  return { Model: at, Asked: asked };
}

/** To the row of home with that label. */
function row(model: Model, label: string): Keys {
  const rows = behaviourOf(top(model)).rows(model, top(model));
  const at = rows.findIndex((r) => r.Label === label);
  assert.ok(at >= 0, `home has no ${label}: ${rows.map((r) => r.Label).join(", ")}`);
  return ["home", ...Array.from({ length: at }, () => "down"), "enter"];
}

async function same(
  repo: Repo,
  { Model, Asked }: Awaited<ReturnType<typeof walk>>,
  below = "",
): Promise<string[]> {
  const services = machine({ ...environment(), ...repo.env });
  const cwd = join(repo.dir, below);
  const made = await plan(await rooted(Asked.Choices, cwd, services), { Dir: cwd }, services);
  assert.ok("Plan" in made);
  const words = [...commandWords(Model)];
  const flags = await gorel([...words, "--dry-run", "--json"], { cwd, env: repo.env });
  assert.equal(flags.code, 0, flags.stdout + flags.stderr);
  assert.equal(flags.stdout, jsonText(made.Plan, 2) + "\n", words.join(" "));
  return words;
}

Deno.test("each way through the screens gives the plan of the command that it shows", async (t) => {
  using repo = wire();
  const facts = await factsOf(repo);
  const given = { ...modelOf(facts).Given, Accept: [{ Code: "proxy-unset" as const }] };
  const home: Model = { ...modelOf(facts), Given: given, Draft: given };
  const ways: readonly [string, Keys, RegExp][] = [
    ["a release as advised", [...row(home, "Release"), "enter", "enter"], /^minor /],
    ["a bug fix", [...row(home, "Release"), "up", "up", "enter", "enter"], /^patch /],
    ["a pre-release", row(home, "Pre-release"), /^prerelease /],
    [
      "a version outright",
      [...row(home, "Release"), "enter", "end", "v1.7.0", "enter"],
      /^v1\.7\.0 /,
    ],
    [
      "retract what HEAD carries",
      [
        ...row(home, "Retract a version"),
        " ",
        "enter",
        "broken on Windows",
        "enter",
        "home",
        "enter",
        "n",
      ],
      /^retract v1\.4\.2 --reason broken on Windows /,
    ],
    [
      "patch and retract with the fix on main",
      [...row(home, "Patch and retract"), "enter", "enter", "enter", "enter", "n", "n", "n"],
      /^retract v1\.4\.2 --reason /,
    ],
    [
      "retract now and fix later",
      [
        ...[...row(home, "Patch and retract"), "enter", "enter", "enter"],
        ...["home", "down", "enter", "n", "n", "n"],
      ],
      /^retract v1\.4\.2 --from v1\.4\.2 --reason .* --self /,
    ],
    [
      "deprecate",
      [...row(home, "Deprecate"), "use example.com/acme/wire2", "enter"],
      /^deprecate /,
    ],
  ];
  for (const [name, keys, command] of ways) {
    await t.step(name, async () => {
      const words = await same(repo, await walk(home, keys));
      assert.match(words.join(" ") + " ", command);
    });
  }
  await t.step("what flags said of every release goes with it", async () => {
    const said = { ...given, Signoff: true, Sign: false, Hooks: false };
    const signed: Model = { ...home, Given: said, Draft: said };
    const keys = [...row(home, "Deprecate"), "use example.com/acme/wire2", "enter"];
    const words = await same(repo, await walk(signed, keys));
    assert.match(words.join(" "), / --no-sign --signoff --no-hooks /);
  });
});

Deno.test("what is taken back, and what goes in uncommitted, gives the plan of the command too", async (t) => {
  using repo = wire();
  repo.commit("wire: send users elsewhere", {
    "go.mod":
      "// Deprecated: use example.com/acme/wire2\nmodule example.com/acme/wire\n\ngo 1.22\n\n" +
      "// leaks file handles\nretract v1.3.0\n",
  });
  repo.git("push", "-q", "origin", "main");
  const given = { ...modelOf(undefined).Given, Accept: [{ Code: "proxy-unset" as const }] };
  const homeOf = async (): Promise<Model> => ({
    ...modelOf(await factsOf(repo)),
    Given: given,
    Draft: given,
  });
  const clean = await homeOf();
  const unretract = row(clean, "Unretract a version");
  const ways: readonly [string, Keys, RegExp][] = [
    ["unretract", [...unretract, "enter", "enter"], /^unretract v1\.3\.0 --from v1\.4\.2 /],
    ["unretract with HEAD", [...unretract, " ", "enter", "up", "enter"], /^unretract v1\.3\.0 --a/],
    ["undeprecate", row(clean, "Undeprecate"), /^undeprecate /],
  ];
  for (const [name, keys, command] of ways) {
    await t.step(name, async () => {
      const words = await same(repo, await walk(clean, keys));
      assert.match(words.join(" ") + " ", command);
    });
  }
  repo.write("wire.go", "package wire\n\nvar changed int\n");
  repo.write("sub/logo.png", "\x89PNG\0");
  Deno.removeSync(`${repo.dir}/LICENSE`);
  const dirty = await homeOf();
  const all = ["i", "end", " ", "enter"];
  await t.step("a release that includes files", async () => {
    const keys = [...all, ...row(dirty, "Release"), "enter", "enter"];
    const words = await same(repo, await walk(dirty, keys));
    assert.match(
      words.join(" "),
      /^minor --include LICENSE --include sub\/logo\.png --include wire/,
    );
  });
  await t.step("the same from a folder", async () => {
    const { Facts } = dirty;
    const Git = { ...Facts!.Repo.Git, Prefix: "sub" };
    const below = { ...dirty, Facts: { ...Facts!, Repo: { ...Facts!.Repo, Git } } };
    const keys = [...all, ...row(dirty, "Unretract a version"), "enter", "enter"];
    const words = await same(repo, await walk(below, keys), "sub");
    assert.match(
      words.join(" "),
      /^unretract v1\.3\.0 --include \.\.\/LICENSE --include logo\.png /,
    );
  });
});
