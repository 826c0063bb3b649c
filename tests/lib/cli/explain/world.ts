/** The modules that the examples of the topics speak of, published for the real go command. */
import { Proxy } from "../../../support/proxy.ts";
import { Repo } from "../../../support/repo.ts";
import { Go } from "../../../support/go.ts";
import { gitInstead } from "../../go/golist.ts";

const goMod = (path: string, more = "") => `module ${path}\n\ngo 1.21\n${more}`;
const code = (name: string, body = "") => `package ${name}\n\nfunc F(${body}) {}\n`;

/** A repository, and a tag a commit. */
function published(tags: [tag: string, files: Record<string, string>][]): Repo {
  const repo = new Repo();
  for (const [tag, files] of tags) {
    repo.commit(tag, files);
    repo.git("tag", tag);
  }
  return repo.withRemote();
}

/** `wire` has fixes, a retraction, pre-releases and a v2; its v1.0.1 is annotated. */
function wire(): Repo {
  const repo = published([
    ["v1.0.0", { "go.mod": goMod("example.com/wire"), "wire.go": code("wire") }],
    ["fixed", { "fixed.txt": "" }],
    ["v1.1.0", { "bad.txt": "" }],
    ["v1.2.0", { "go.mod": goMod("example.com/wire", "\nretract v1.1.0 // panics\n") }],
    ["v1.3.0-rc.9", { "rc.txt": "9" }],
    ["v1.3.0-rc.10", { "rc.txt": "10" }],
    ["v2.0.0", {
      "go.mod": goMod("example.com/wire/v2"),
      "wire.go": code("wire", "int"),
    }],
  ]);
  repo.tag("v1.0.1", "fixed");
  repo.git("push", "-q", "origin", "v1.0.1");
  return repo;
}

/** Tags of every form that is no version, a branch that is named like one, and a commit after them. */
function odd(): Repo {
  const repo = published([["v1.0.0", {
    "go.mod": goMod("github.com/acme/odd"),
    "odd.go": code("odd"),
  }]]);
  for (const tag of ["1.0.5", "V1.0.6", "v1.1", "v01.2.0", "v2/v2.0.0"]) {
    repo.git("tag", tag);
  }
  repo.git("switch", "-q", "-c", "v1.5.0");
  repo.commit("aside");
  repo.git("tag", "v1.2.0+linux");
  repo.git("switch", "-q", "main");
  repo.commit("later");
  repo.git("push", "-q", "--all", "origin");
  repo.git("push", "-q", "--tags", "origin");
  return repo;
}

/** Everything published, and go commands whose GOPROXY knows it. */
export class World implements AsyncDisposable {
  readonly odd = odd();
  readonly wire = wire();
  readonly proxies: Proxy[];
  readonly go: Go;
  /** For github.com/acme/odd, the only module that has no proxy. */
  readonly direct: Go;
  readonly #repos: Repo[];
  #users = 0;

  constructor() {
    const one = (path: string, name: string, tags: [string, Record<string, string>][]) =>
      [
        path,
        published(tags.map(([tag, files], i) => [
          tag,
          i > 0 ? files : { "go.mod": goMod(path), "a.go": code(name), ...files },
        ])),
      ] as const;
    const mixed = ["v1.0.0-rc.9", "v1.0.0-rc.10", "v1.0.0-rc9", "v1.0.0-rc10"];
    const old = goMod("example.com/old");
    const modules = [
      ["example.com/wire", this.wire],
      ["example.com/wire/v2", this.wire],
      one("example.com/young", "young", [["v0.9.0", {}], ["v0.10.0", {
        "a.go": code("young", "int"),
      }]]),
      one("example.com/mixed", "mixed", mixed.map((tag) => [tag, { "at.txt": tag }])),
      one("example.com/old", "old", [["v1.0.0", {}], ["v1.0.1", {
        "go.mod": `// Deprecated: use example.com/wire instead.\n${old}`,
      }]]),
      one("example.com/gate", "gate", [["v1.0.0", {
        "go.mod": goMod("example.com/gate", "\nrequire example.com/wire v1.0.1\n"),
        "a.go": 'package gate\n\nimport _ "example.com/wire"\n',
      }]]),
      one("example.com/replaced", "main", [["v1.0.0", {
        "go.mod": goMod("example.com/replaced", "\nreplace example.com/wire => ../wire\n"),
        "a.go": "package main\n\nfunc main() {}\n",
      }]]),
    ] as const;
    this.#repos = [this.odd, ...new Set(modules.map(([, repo]) => repo))];
    this.proxies = modules.map(([path, repo]) => new Proxy(repo, undefined, path));
    this.go = new Go({ GOPROXY: this.proxies.map((proxy) => proxy.url).join(",") });
    this.direct = new Go({
      GOPROXY: "direct",
      ...gitInstead("https://github.com/acme/odd", this.odd.remote),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const proxy of this.proxies) await proxy[Symbol.asyncDispose]();
    for (const repo of this.#repos) repo[Symbol.dispose]();
    this.go[Symbol.dispose]();
    this.direct[Symbol.dispose]();
  }

  /** A folder of a module that imports these packages, and requires nothing yet. */
  user(...imports: string[]): string {
    const dir = this.go.folder.join(`user${this.#users++}`);
    Deno.mkdirSync(dir);
    Deno.writeTextFileSync(`${dir}/go.mod`, goMod("example.com/user"));
    const lines = imports.map((path, i) => `import p${i} "${path}"\n`);
    const uses = imports.map((_, i) => `\tp${i}.F()\n`);
    Deno.writeTextFileSync(
      `${dir}/user.go`,
      `package user\n\n${lines.join("")}\nfunc Use() {\n${uses.join("")}}\n`,
    );
    return dir;
  }

  /** What a go command prints, without what it says of downloads. */
  async run(command: string, dir: string): Promise<{ code: number; lines: string[] }> {
    const odd = /github\.com\/acme\/odd/;
    const go = odd.test(command + Deno.readTextFileSync(`${dir}/go.mod`)) ? this.direct : this.go;
    const { code, stdout, stderr } = await go.start(command.split(" "), dir);
    const lines = (stdout + stderr).split("\n").map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("go: downloading "));
    return { code, lines };
  }
}
