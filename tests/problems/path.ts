/** The module path: is it one, does it fit the version, and is it where the release goes. */
import { join } from "node:path";
import { goMod } from "../support/released.ts";
import { Repo } from "../support/repo.ts";
import type { Case } from "./prove.ts";
import { releasedAs } from "./releases.ts";

const patch = ["patch"];

/** A module that was never released. */
function module(path: string, files: Record<string, string> = {}): () => Repo {
  return () => {
    const repo = new Repo();
    repo.commit("begin", { "go.mod": `module ${path}\n`, "m.go": "package m\n", ...files });
    return repo.withRemote();
  };
}

/** The remote under a URL of the internet; ssh goes to the folder beside all the same. */
function at(url: string, path: string, more: (repo: Repo) => void = () => {}) {
  return (repo: Repo) => {
    repo.commit("path", { "go.mod": `module ${path}\n` });
    const script = join(repo.home, "ssh");
    Deno.writeTextFileSync(
      script,
      `#!/bin/sh\ncase "$*" in *upload-pack*) exec git upload-pack '${repo.remote}';; *) exit 1;; esac\n`,
    );
    Deno.chmodSync(script, 0o755);
    repo.git("config", "core.sshCommand", script);
    repo.git("config", "ssh.variant", "ssh");
    repo.git("remote", "set-url", "origin", url);
    more(repo);
  };
}

export const path: Case[] = [
  {
    code: "path-invalid",
    title: "a letter that no module path has",
    make: module("example.com/m+n"),
    argv: ["minor"],
    text:
      /does not accept the module path: malformed module path "example\.com\/m\+n": invalid char '\+'/,
    where: { File: "go.mod", Line: 1 },
    cure: (r) => void r.commit("mended", { "go.mod": goMod }),
    near: { title: "letters that one may have", make: module("example.com/M~n_o-1.x") },
  },
  ...[
    "github.com/acme/aux",
    "Example.com/m",
    "example.com/m/v1",
    "gopkg.in/yaml",
    "example.com/m/v02",
  ]
    .map((path): Case => ({
      code: "path-invalid",
      title: path,
      make: module(path),
      argv: ["minor"],
      text: /does not accept the module path/,
      where: { File: "go.mod", Line: 1 },
      near: { title: "nearly the same", make: module("github.com/acme/auxiliary/v2") },
    })),
  {
    code: "path-not-fetchable",
    title: "a path without a host",
    make: module("wire/internal"),
    argv: ["minor"],
    text: /first element of wire\/internal has no dot/,
    where: { File: "go.mod", Line: 1 },
    cure: "--accept path-not-fetchable",
    near: { title: "a host alone", make: module("example.com") },
  },
  {
    code: "path-version-mismatch",
    title: "v3 of a path without /v3",
    argv: ["v3.0.0"],
    text: /v3\.0\.0 does not fit the module path example\.com\/m: .* under example\.com\/m\/v3/,
    where: { File: "go.mod", Line: 1 },
    fix: /gorel major \(v2\.0\.0\)/,
    near: { title: "v2 means major, which is another path", argv: ["v2.0.0"] },
  },
  {
    code: "path-version-mismatch",
    title: "v1 of a path with /v2",
    make: releasedAs("example.com/m/v2", "v2.0.0"),
    argv: ["v1.5.0"],
    text: /v1\.5\.0 does not fit the module path example\.com\/m\/v2/,
    fix: /version of v2/,
    near: { title: "v2", argv: ["v2.0.1"] },
  },
  {
    code: "path-version-mismatch",
    title: "gopkg.in has its own form",
    make: releasedAs("gopkg.in/wire.v2", "v2.0.0"),
    argv: ["v3.0.1"],
    text: /does not fit.*gopkg\.in\/wire\.v2: .* under gopkg\.in\/wire\.v3/,
    near: { title: "v2", argv: ["v2.4.0"] },
  },
  {
    code: "path-version-mismatch",
    title: "two go.mod files of one path",
    make: () => {
      const repo = releasedAs("example.com/m/v2", "v2.0.0")();
      repo.commit("twice", { "v2/go.mod": "module example.com/m/v2\n", "v2/m.go": "package m\n" });
      return repo;
    },
    argv: ["patch", "--module", "."],
    text: /Go looks for example\.com\/m\/v2 in v2\/go\.mod as well as in go\.mod/,
    where: { File: "v2/go.mod" },
    fix: /keep one/,
    cure: (r) => {
      r.git("rm", "-qr", "v2");
      r.git("commit", "-qm", "once");
    },
    near: {
      title: "another major in the folder",
      make: () => {
        const repo = releasedAs("example.com/m", "v1.0.0")();
        repo.commit("two majors", {
          "v2/go.mod": "module example.com/m/v2\n",
          "v2/m.go": "package m\n",
        });
        return repo;
      },
    },
  },
  {
    code: "path-remote-mismatch",
    title: "a fork",
    change: at(
      "git@github.com:ada/wire.git",
      "github.com/acme/wire",
      (r) => void r.git("remote", "add", "upstream", "https://github.com/acme/wire.git"),
    ),
    argv: patch,
    text:
      /in the repository github\.com\/acme\/wire, but this release goes to github\.com\/ada\/wire \(origin\)/,
    where: { File: "go.mod", Line: 1 },
    fix: /^--remote upstream; or /,
    near: {
      title: "written otherwise",
      change: at("ssh://git@ssh.github.com:443/Acme/wire/", "github.com/acme/wire"),
    },
  },
  {
    code: "path-remote-mismatch",
    title: "a renamed repository, seen through insteadOf",
    change: at(
      "acme:cable",
      "github.com/acme/wire",
      (r) => void r.git("config", "url.git@github.com:acme/.insteadOf", "acme:"),
    ),
    argv: patch,
    text: /goes to github\.com\/acme\/cable/,
    fix: /change the module path/,
    near: {
      title: "insteadOf gives the right one",
      change: at(
        "acme:wire",
        "github.com/acme/wire",
        (r) => void r.git("config", "url.git@github.com:acme/.insteadOf", "acme:"),
      ),
    },
  },
  {
    code: "path-remote-mismatch",
    title: "a page of one's own has to say it",
    change: at("git@github.com:acme/wire.git", "go.example.com/wire/v2"),
    argv: ["minor"],
    text:
      /Go asks https:\/\/go\.example\.com\/wire\?go-get=1 where .* goes to github\.com\/acme\/wire/,
    fix: /go-import line/,
    near: {
      title: "a name of the ssh configuration",
      change: at("git@work:acme/wire.git", "go.example.com/wire/v2"),
    },
  },
  {
    code: "path-remote-mismatch",
    title: "gopkg.in",
    change: at("git@github.com:acme/wire.git", "gopkg.in/wire.v1"),
    argv: patch,
    text: /github\.com\/go-wire\/wire, but this release goes to github\.com\/acme\/wire/,
    near: {
      title: "with a user",
      change: at("git@github.com:acme/wire.git", "gopkg.in/acme/wire.v1"),
    },
  },
  {
    code: "path-remote-mismatch",
    title: "the repository's own host, and not its folder",
    change: at("git@git.example.com:tools/wire.git", "git.example.com/tools/cable"),
    argv: patch,
    text: /git\.example\.com\/tools\/wire/,
    near: {
      title: "a major",
      argv: ["minor"],
      change: at("git@git.example.com:tools/wire.git", "git.example.com/tools/wire/v2"),
    },
  },
];
