/** A train of five modules, published; and what the go command then gives to those who use them. */
import assert from "node:assert/strict";
import { Go, needsGo } from "../support/go.ts";
import { gorel } from "../support/gorel.ts";
import { Proxy } from "../support/proxy.ts";
import { Repo } from "../support/repo.ts";

const root = "example.com/r";

/** A go.mod of the repository with requirements on its siblings, each replaced by its folder. */
function goMod(dir: string, requires: Record<string, string>): string {
  const up = dir === "" ? "./" : "../";
  const path = (of: string) => of === "" ? root : `${root}/${of}`;
  const lines = Object.entries(requires);
  const required = lines.map(([of, version]) => `\t${path(of)} ${version}\n`).join("");
  const replaced = lines.map(([of]) => `replace ${path(of)} => ${up}${of}\n`).join("");
  return `module ${path(dir)}\n\ngo 1.21\n` +
    (lines.length > 0 ? `\nrequire (\n${required})\n\n${replaced}` : "");
}

/**
 * The module at the root requires wire and a, wire requires codec, and a and b require each other.
 * codec and wire were released once, a and b never.
 */
function scene(): Repo {
  const repo = new Repo();
  const none = "v0.0.0-00010101000000-000000000000";
  repo.commit("begin", {
    "LICENSE": "free\n",
    "codec/go.mod": goMod("codec", {}),
    "codec/c.go": "package codec\n\nconst C = 1\n",
    "wire/go.mod": `module ${root}/wire\n\ngo 1.21\n`,
    "wire/w.go": "package wire\n",
    "go.mod": `module ${root}\n\ngo 1.21\n`,
    "r.go": "package r\n",
  });
  for (const tag of ["codec/v0.1.0", "wire/v0.1.0", "v0.1.0"]) repo.tag(tag);
  repo.withRemote();
  repo.commit("feat: more of it", {
    "codec/c.go": "package codec\n\nconst C = 2\n\nconst D = 3\n",
    "wire/go.mod": goMod("wire", { codec: "v0.1.0" }),
    "wire/w.go": `package wire\n\nimport "${root}/codec"\n\nconst W = codec.D\n`,
    "a/go.mod": goMod("a", { b: none }),
    "a/a.go": `package a\n\nimport "${root}/b"\n\nconst A = b.B\n`,
    "a/base/base.go": "package base\n\nconst N = 1\n",
    "b/go.mod": goMod("b", { a: none }),
    "b/b.go": `package b\n\nimport "${root}/a/base"\n\nconst B = base.N\n`,
    "go.mod": goMod("", { wire: "v0.1.0", a: none, b: none, codec: "v0.1.0" })
      .replace(/(\/(?:b|codec) v.*)$/gm, "$1 // indirect"),
    "r.go": `package r\n\nimport (\n\t"${root}/a"\n\t"${root}/wire"\n)\n\nconst R = a.A + wire.W\n`,
  });
  return repo;
}

const wanted = {
  [`${root}/codec`]: "v0.2.0",
  [`${root}/wire`]: "v0.2.0",
  [`${root}/a`]: "v0.1.0",
  [`${root}/b`]: "v0.1.0",
  [root]: "v0.2.0",
};

Deno.test(
  needsGo("auto releases all modules that changed, and users get each of them"),
  async () => {
    using repo = scene();
    await using proxy = new Proxy(repo, undefined, root);
    const env = { ...repo.env, GOPROXY: proxy.url };
    const ran = await gorel(["auto", "--yes", "--json"], { cwd: repo.dir, env });
    assert.equal(ran.code, 0, ran.stderr + ran.stdout);
    assert.equal(ran.json.State, "published");
    const releases: { Module: string; Version: string; Sum: string }[] = ran.json.Releases;
    const got = Object.fromEntries(releases.map((r) => [r.Module, r.Version]));
    assert.deepEqual(got, wanted);
    const place = (path: string) => releases.findIndex((r) => r.Module === path);
    assert.ok(place(`${root}/codec`) < place(`${root}/wire`), "dependencies come first");
    assert.equal(releases.at(-1)!.Module, root);

    // One commit has all tags, and the branch is there; it may have one more for the circle.
    const tags = ["codec/v0.2.0", "wire/v0.2.0", "a/v0.1.0", "b/v0.1.0", "v0.2.0"];
    const commits = new Set(tags.map((tag) => repo.onRemote("rev-parse", `${tag}^{commit}`)));
    assert.equal(commits.size, 1);
    assert.equal(repo.onRemote("rev-parse", "HEAD"), repo.git("rev-parse", "HEAD"));
    assert.equal(repo.git("status", "--porcelain"), "");
    assert.doesNotMatch(repo.git("show", "v0.2.0:go.mod"), /replace/);

    for (const { Module, Version, Sum } of releases) {
      using go = new Go({ GOPROXY: proxy.url, GOFLAGS: "-mod=readonly" });
      const ran = async (...args: string[]) => {
        const { code, stdout, stderr } = await go.start(args);
        assert.equal(code, 0, `${Module}: go ${args.join(" ")}: ${stdout}${stderr}`);
        return stdout;
      };
      Deno.writeTextFileSync(go.folder.join("go.mod"), "module example.com/user\n\ngo 1.21\n");
      Deno.writeTextFileSync(go.folder.join("u.go"), `package user\n\nimport _ "${Module}"\n`);
      const download = JSON.parse(await ran("mod", "download", "-json", `${Module}@${Version}`));
      assert.equal(download.Sum, Sum);
      await ran("get", `${Module}@${Version}`);
      await ran("build", "./...");
      // go get does not look at who imports what.
      await ran("mod", "tidy");
      await ran("mod", "verify");
      assert.equal(await ran("mod", "tidy", "-diff"), "");
      const list = await ran("list", "-m", "all");
      for (const [path, version] of Object.entries(wanted)) {
        if (list.includes(`${path} `)) assert.match(list, new RegExp(`^${path} ${version}$`, "m"));
      }
    }
  },
);
