/** Which programs run when a maintainer only looks, and that nothing a repository holds is one of them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gorel } from "../support/gorel.ts";
import { goMod, released } from "../support/released.ts";
import { type Repo, run, tryRun } from "../support/repo.ts";
import { assertPlain, exists, on, retract } from "./scene.ts";

/** Writes programs that note that they ran, by their name, and gives the path of one. */
function traps(repo: Repo) {
  const noted = repo.folder.join("noted");
  const set = (name: string, then = ""): string => {
    const path = repo.folder.join(`trap-${name}`);
    Deno.writeTextFileSync(path, `#!/bin/sh\necho ${name} >>'${noted}'\n${then}\n`, {
      mode: 0o755,
    });
    return path;
  };
  /** The names of those that ran since the last call. */
  const ran = (): string[] => {
    if (!exists(noted)) return [];
    const names = Deno.readTextFileSync(noted).trim().split("\n");
    Deno.removeSync(noted);
    return [...new Set(names)].sort();
  };
  return { set, ran };
}

/** Sets all of git's settings that name a program to traps; the hooks too. */
function trapped(repo: Repo) {
  const { set, ran } = traps(repo);
  repo.write(".gitattributes", "*.go filter=evil diff=evil merge=evil\n*.txt ident\n");
  repo.commit("attributes");
  const settings: Record<string, string> = {
    "core.fsmonitor": set("fsmonitor"),
    "filter.evil.clean": set("clean", "cat"),
    "filter.evil.smudge": set("smudge", "cat"),
    "remote.origin.uploadpack": set("uploadpack", 'exec git-upload-pack "$@"'),
    "core.sshCommand": set("ssh"),
    "core.editor": set("editor"),
    "sequence.editor": set("editor"),
    "core.pager": set("pager"),
    "pager.status": "true",
    "pager.log": "true",
    "pager.tag": "true",
    "diff.external": set("diff"),
    "diff.evil.textconv": set("textconv"),
    "diff.evil.command": set("diff"),
    "merge.evil.driver": set("merge"),
    "gpg.program": set("gpg"),
    "gpg.ssh.program": set("gpg"),
    "log.showSignature": "true",
    "credential.helper": set("credential"),
    "core.askPass": set("askpass"),
    "core.gitProxy": set("proxy"),
    "core.alternateRefsCommand": set("alternates"),
    "uploadpack.packObjectsHook": set("pack-objects"),
    "tar.tar.command": set("tar"),
    "alias.status": `!${set("alias")}`,
    "alias.rev-parse": `!${set("alias")}`,
    "hook.evil.event": "pre-commit",
    "hook.evil.command": set("hook"),
    "trailer.evil.command": set("trailer"),
    "core.hooksPath": repo.folder.join("hooks"),
  };
  for (const [name, value] of Object.entries(settings)) repo.git("config", name, value);
  run("git", ["config", "uploadpack.packObjectsHook", set("pack-objects")], {
    cwd: repo.remote,
    env: repo.env,
  });
  Deno.mkdirSync(repo.folder.join("hooks"));
  const hooks = ["pre-commit", "commit-msg", "prepare-commit-msg", "post-commit", "pre-push"];
  for (const name of [...hooks, "post-index-change", "reference-transaction", "post-checkout"]) {
    Deno.copyFileSync(set(`hook-${name}`), repo.folder.join("hooks", name));
  }
  return ran;
}

/**
 * The programs of the repository's own configuration that a look runs: what asks the remote needs
 * what asks it, and what looks at the work tree needs what `git status` itself runs.
 */
const looks: Record<string, string[]> = {
  "next --offline": [],
  "versions --offline": [],
  "hash": [],
  "hash v1.0.0": [],
  "next": ["uploadpack"],
  "versions": ["uploadpack"],
  "verify v1.0.0": ["uploadpack"],
  "status": ["clean", "fsmonitor", "uploadpack"],
  "check": ["clean", "fsmonitor", "uploadpack"],
  "patch --dry-run --offline": ["clean", "fsmonitor"],
  "retract v1.0.0 --reason x --self --from v1.0.0 --dry-run --offline --accept retract-leaves-nothing":
    ["clean", "fsmonitor"],
};

Deno.test("a look runs no program of git's configuration that it can do without", async () => {
  using repo = released();
  const ran = trapped(repo);
  const file = join(repo.dir, "m.go");
  for (const [line, programs] of Object.entries(looks)) {
    // Git reads what looks touched, and that goes through the clean filter.
    Deno.utimeSync(file, new Date(0), new Date(0));
    ran();
    const { code, stderr } = await on(repo, line.split(" "));
    assert.ok([0, 3].includes(code), `${line}: ${stderr}`);
    assert.deepEqual(ran(), programs, line);
  }
});

Deno.test("no URL or name of a remote becomes a program or an option", async () => {
  using repo = released();
  const { set, ran } = traps(repo);
  const trap = set("remote");
  const urls = [
    `ext::${trap} %S`,
    `--upload-pack=${trap}`,
    `-oProxyCommand=${trap}`,
    `ssh://-oProxyCommand=${trap}/x`,
    `-oProxyCommand=${trap}:x`,
    `file://${repo.folder.join("elsewhere")}; ${trap}`,
    `$(${trap})`,
    `\`${trap}\``,
    `|${trap}`,
  ];
  for (const url of urls) {
    repo.git("config", "remote.origin.url", url);
    const looked = await on(repo, ["check", "--json"]);
    assert.match(looked.stdout, /"remote-unreachable"/, `${url}: ${looked.stdout}`);
    assertPlain(looked, url);
  }
  repo.git("config", "remote.origin.url", repo.remote);
  for (const name of [`--upload-pack=${trap}`, `ext::${trap}`, `;${trap}`, "-x"]) {
    repo.git("config", `remote.${name}.url`, repo.remote);
    repo.git("config", "branch.main.pushRemote", name);
    const ran = await on(repo, ["patch", "--yes", "--no-wait", "--json"]);
    assert.notEqual(ran.code, 1, `${name}: ${ran.stdout}`);
    repo.commit("fix: more", { "more.go": `package m\n\n// ${name.length}\n` });
  }
  assert.deepEqual(ran(), []);
});

Deno.test("nothing that a repository holds is run, by a look or by a release", async () => {
  using repo = released();
  const { set, ran } = traps(repo);
  const trap = set("content");
  const odd = `;${trap.replaceAll("/", "\u2215")};$(id)\`id\`|x&.go`;
  const messages = `commit-message = "$(${trap})"\ntag-message = "\`${trap}\` {tag}"\n`;
  repo.commit("fix: all sorts", {
    "go.mod":
      `${goMod}\ntoolchain go1.99.0\n\n// $(${trap}) \`${trap}\` ; ${trap}\nretract v0.1.0\n`,
    ".gitattributes": `*.go filter=lfs diff=${trap}\n* merge=!${trap}\n`,
    ".gitmodules":
      `[submodule "x"]\n\tpath = x\n\turl = ext::${trap}\n\tupdate = !${trap}\n\tbranch = -x\n`,
    ".gitconfig": `[core]\n\tfsmonitor = ${trap}\n\tpager = ${trap}\n`,
    ".gorel.toml": `${messages}[before]\ntag = "${trap}"\n[after]\npush = ["${trap}"]\n`,
    ".envrc": `${trap}\n`,
    ".githooks/pre-commit": `#!/bin/sh\n${trap}\n`,
    "hooks/pre-push": `#!/bin/sh\n${trap}\n`,
    "go.env": `GOFLAGS=-toolexec=${trap}\n`,
    "m.go": `package m\n\n//go:generate ${trap}\n// fixed again\n`,
    [odd]: "package m\n",
  });
  repo.git("rm", "-q", odd);
  repo.commit(`fix: \`${trap}\` $(${trap}); ${trap}\n\nCo-authored-by: $(${trap}) <x@y.z>`);
  repo.git("switch", "-q", "-c", "a;$(id)&`id`");
  for (const args of [["status", "-v"], ["next", "-v"], ["check"], ["hash"], ["versions"]]) {
    assertPlain(await on(repo, args), args.join(" "));
  }
  const patch = ["patch", "--yes", "--no-wait", "--json"];
  const unread = await on(repo, patch);
  assert.deepEqual([unread.code, unread.json.Error.Code], [3, "commands-not-agreed"]);
  repo.commit("fix: no commands", { ".gorel.toml": messages });
  const first = await on(repo, patch);
  assert.equal(first.code, 0, first.stdout + first.stderr);
  assert.match(repo.git("cat-file", "tag", first.json.Releases[0].TagName), /`\/.*` v1\./);
  const words = ["--commit-message", `$(${trap})`, "--tag-message", `--exec=${trap}`, "--signoff"];
  const again = await on(repo, [...retract, "--yes", "--no-wait", "--json", ...words]);
  assert.equal(again.code, 0, again.stdout + again.stderr);
  assert.match(repo.git("cat-file", "tag", again.json.Releases[0].TagName), /--exec=/);
  assert.deepEqual(ran(), []);
});

Deno.test("a program that lies in the repository's folder is not taken for git, go, sh or ssh", async () => {
  using repo = released();
  const { set, ran } = traps(repo);
  for (
    const name of ["git", "go", "sh", "ssh", "gpg", "false", "git-upload-pack", "git-remote-https"]
  ) {
    Deno.copyFileSync(set(name), join(repo.dir, name));
  }
  repo.git("config", "remote.origin.url", "ssh://127.0.0.1:1/x.git");
  const PATH = `.::${Deno.env.get("PATH")}:.:`;
  const control = tryRun("git", ["ls-remote", "origin"], {
    cwd: repo.dir,
    env: { ...repo.env, PATH },
  });
  assert.notEqual(control.code, 0);
  assert.deepEqual(ran(), ["ssh"]);
  for (
    const args of [["check", "--json"], ["status", "--json"], [
      "patch",
      "--yes",
      "--no-push",
      "--json",
    ]]
  ) {
    const { code, stdout } = await gorel(["-C", repo.dir, ...args], {
      cwd: repo.folder.path,
      env: { ...repo.env, PATH },
    });
    assert.ok([0, 3].includes(code), stdout);
    assert.deepEqual(ran(), [], args.join(" "));
  }
  const here = await on(repo, ["status"], { PATH });
  assert.ok([0, 3].includes(here.code), here.stderr);
  assert.deepEqual(ran(), []);
});
