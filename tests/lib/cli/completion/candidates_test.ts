import assert from "node:assert/strict";
import { join } from "node:path";
import { candidates } from "../../../../lib/cli/completion/candidates.ts";
import { Here } from "../../../../lib/cli/completion/here.ts";
import { situationOf } from "../../../../lib/cli/completion/situation.ts";
import { commandNames } from "../../../../lib/cli/commands.ts";
import { flagNames, has, written } from "../../../../lib/cli/flags.ts";
import { classNames } from "../../../../lib/plan/major/classes.ts";
import { codes, kindOf } from "../../../../lib/problem.ts";
import { Journal } from "../../../../lib/journal/journal.ts";
import { Folder, Repo } from "../../../support/repo.ts";

/** The words that are offered at the end of a line, which has no quotes here. */
async function offered(folder: string, line: string): Promise<string[] | string> {
  const at = situationOf(line.split(" "));
  const found = await candidates(at, new Here(folder));
  if (typeof found === "string") return found;
  return found.map(({ Value }) => Value).filter((value) => value.startsWith(at.begun));
}

const nowhere = "/";

Deno.test("every command and every flag is offered, with its help, and a flag once", async () => {
  const words = await candidates(situationOf([""]), new Here(nowhere));
  assert.ok(typeof words !== "string");
  const names = commandNames.filter((name) => name !== "version");
  assert.deepEqual(words.map(({ Value }) => Value), [...names, "help"]);
  assert.ok(words.every(({ Help }) => Help));
  for (const command of names) {
    const all = await offered(nowhere, `${command} -`);
    for (const name of flagNames) {
      if (has(command, name)) assert.ok(all.includes(written(name)), `${command} ${name}`);
      // Only plan and graph --consumers have flags of other commands.
      else if (command !== "plan") assert.ok(!all.includes(written(name)), `${command} ${name}`);
    }
  }
  const table: [line: string, has: string[], not: string[]][] = [
    ["-", ["--module", "-C", "--version", "--help"], ["--yes"]],
    ["patch --no-", ["--no-push", "--no-wait", "--no-sign"], ["--no-yes"]],
    ["patch --no-push --wait 5m --include a -", ["--include"], [
      "--no-push",
      "--wait",
      "--no-wait",
    ]],
    ["patch -ny --module=x -", ["--remote"], ["--dry-run", "--yes", "--module"]],
    ["plan retract --", ["--reason", "--self", "--include"], ["--layout"]],
    ["plan patch --", ["--pre", "--dry-run"], ["--reason"]],
    ["-q plan --reason x --", ["--pre"], ["--reason"]],
    ["graph --", ["--why", "--consumers"], ["--reason", "--pre"]],
    ["graph --consumers retract --", ["--reason", "--self"], ["--consumers"]],
    ["status ", ["--json"], ["--yes"]],
    ["apply file ", ["--accept"], ["--pre"]],
    ["--reason -y -", ["--module", "--version"], ["--yes"]],
    ["nonsense -", [], ["--yes"]],
    ["patch -- -", [], ["--yes", "--json"]],
  ];
  for (const [line, some, none] of table) {
    const found = await offered(nowhere, line);
    for (const value of some) assert.ok(found.includes(value), `${line}: ${value}`);
    for (const value of none) assert.ok(!found.includes(value), `${line}: not ${value}`);
  }
});

Deno.test("values that need no repository are offered behind a blank and behind =", async () => {
  const acceptable = codes.filter((code) => kindOf(code).accept !== "never").map((c) => `${c}=`);
  const table: [line: string, values: string[] | string][] = [
    ["major --layout ", ["root", "folder"]],
    ["major --layout=", ["root", "folder"]],
    ["major --layout=f", ["folder"]],
    ["minor --pre ", ["rc", "beta", "alpha"]],
    ["patch --accept ", acceptable],
    ["patch --reason", []],
    ["retract v1.0.0 --reason ", []],
    ["apply --agree ", []],
    ["patch -nC ", "folders"],
    ["plan patch -o ", "files"],
    ["apply ", "files"],
    ["completion ", ["bash", "zsh", "fish"]],
    ["completion bash x", []],
    ["plan re", ["release", "retract"]],
    ["graph --consumers un", ["unretract", "undeprecate"]],
    ["explain pseudo", ["pseudo-versions"]],
    ["explain tag-mo", ["tag-moved"]],
    ["help point", ["point-of-no-return"]],
    ["help tag-mo", ["tag-moved"]],
    ["help stat", ["status"]],
  ];
  for (const [line, values] of table) {
    const found = await offered(nowhere, line);
    assert.deepEqual(found, values, line);
  }
});

function repository(): Repo {
  const repo = new Repo();
  repo.commit("one", {
    "go.mod": "module example.com/m\n\ngo 1.21\n\nrequire golang.org/x/text v0.3.0\n\n" +
      "retract v1.0.1 // leaks\n\nretract [v1.1.0, v1.1.2] // panics\n",
    "sub/go.mod": "module example.com/m/sub/v2\n",
    "sub/inner/a.go": "package inner\n",
    "testdata/go.mod": "module example.com/fixture\n",
    "old.txt": "",
  });
  const tags = ["v1.0.0", "v1.0.1", "v1.1.1", "v1.9.0", "v1.10.0-rc.1", "v1.2", "V1.3.0", "v2.0.0"];
  for (const tag of [...tags, "sub/v2.0.3", "sub/v1.0.0", "nightly"]) repo.git("tag", tag);
  repo.git("branch", "topic");
  repo.git("remote", "add", "origin", "/nowhere");
  repo.git("remote", "add", "fork", "/nowhere");
  repo.write("old.txt", "changed");
  repo.write("sub/inner/new file.txt", "new");
  return repo;
}

Deno.test("tags, modules, files and remotes of the repository are offered, the newest version first", async () => {
  using repo = repository();
  const plan = { Releases: [{ Module: "example.com/m", Version: "v1.9.1", TagName: "v1.9.1" }] };
  const header = {
    Format: 1,
    Module: "example.com/m",
    Version: "v1.9.1",
    TagName: "v1.9.1",
  } as const;
  Journal.begin(join(repo.dir, ".git"), { ...header, Plan: plan });
  const versions = ["v1.10.0-rc.1", "v1.9.0", "v1.1.1", "v1.0.1", "v1.0.0"];
  const table: [line: string, values: string[]][] = [
    ["verify ", versions],
    ["verify v1.1", ["v1.10.0-rc.1", "v1.1.1"]],
    ["verify example.com/m/", ["example.com/m/sub/v2@"]],
    ["verify example.com/m/sub/v2@", ["example.com/m/sub/v2@v2.0.3"]],
    ["verify --module sub ", ["v2.0.3"]],
    ["--module=example.com/m/sub/v2 verify ", ["v2.0.3"]],
    ["retract ", ["v1.10.0-rc.1", "v1.9.0", "v1.0.0"]],
    ["retract v1.9.0 v1.", ["v1.10.0-rc.1", "v1.0.0"]],
    ["retract v1.0.1..v1.", ["v1.0.1..v1.10.0-rc.1", "v1.0.1..v1.9.0", "v1.0.1..v1.1.1"]],
    ["plan retract v1.9", ["v1.9.0"]],
    ["unretract ", ["v1.1.0..v1.1.2", "v1.0.1"]],
    ["check v1.10", ["v1.10.0-rc.2", "v1.10.0", "v1.10.0-rc.1"]],
    ["v1.", ["v1.10.0-rc.2", "v1.9.1", "v1.10.0"]],
    ["resume ", ["v1.9.1"]],
    ["patch ", [".", "sub"]],
    ["patch sub e", ["example.com/m", "example.com/m/sub/v2"]],
    ["patch sub ", ["."]],
    ["status --module ", [".", "sub", "example.com/m", "example.com/m/sub/v2"]],
    ["status --remote ", ["fork", "origin"]],
    ["patch --include ", ["old.txt", "sub/"]],
    ["patch --include=sub/inner/", ["sub/inner/new file.txt"]],
    ["major --leave ", [...classNames, "go.mod", "old.txt", "sub/", "testdata/"]],
    ["major --rewrite sub/", ["sub/go.mod", "sub/inner/"]],
    ["retract --from v1.9", ["v1.9.0"]],
    ["hash n", ["nightly"]],
    ["hash to", ["topic"]],
    ["hash sub/", ["sub/v1.0.0", "sub/v2.0.3"]],
    ["versions ", ["example.com/m", "example.com/m/sub/v2"]],
    ["graph --why ", ["golang.org/x/text"]],
    ["graph golang.org/x/text@", ["golang.org/x/text@v0.3.0"]],
    ["query go", ["golang.org/x/text@"]],
    ["query example.com/m@", [
      ...["latest", "upgrade", "patch", ...versions, "main", "topic"].map((q) =>
        `example.com/m@${q}`
      ),
    ]],
    ["query golang.org/x/text@v", ["golang.org/x/text@v0.3.0"]],
    ["explain v1.9", ["v1.9.0"]],
  ];
  for (const [line, values] of table) {
    assert.deepEqual(await offered(repo.dir, line), values, line);
  }
  const below: [line: string, values: string[]][] = [
    ["verify ", ["v2.0.3"]],
    ["patch --include ", ["../", "inner/"]],
    ["patch ", ["..", "."]],
    ["major --leave ../o", ["../old.txt"]],
  ];
  for (const [line, values] of below) {
    assert.deepEqual(await offered(join(repo.dir, "sub"), line), values, `${line} in sub`);
  }
});

Deno.test("what is there but cannot be read gives nothing, and holds nobody up", async () => {
  using folder = new Folder();
  for (const line of ["verify ", "patch ", "status --remote ", "unretract ", "resume ", "hash "]) {
    assert.deepEqual(await offered(folder.path, line), [], line);
  }
  using repo = new Repo();
  repo.commit("one", { "go.mod": "module example.com/m\n" });
  repo.git("tag", "v1.0.0");
  Deno.removeSync(join(repo.dir, "go.mod"));
  // Nobody ever writes into it.
  await new Deno.Command("mkfifo", { args: [join(repo.dir, "go.mod")] }).output();
  assert.deepEqual(await offered(repo.dir, "verify "), []);
  assert.deepEqual(await offered(repo.dir, "hash "), ["v1.0.0", "main"]);
});
