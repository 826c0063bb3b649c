/** The repository that the examples of the help speak of, in the states they are typed in. */
import { join } from "node:path";
import { buildCache } from "../../support/go.ts";
import { environment } from "../../support/gorel.ts";
import { Proxy } from "../../support/proxy.ts";
import { Folder, Repo, run } from "../../support/repo.ts";

/**
 * `released`: v1.2.3 is out, and something new is on main. From there, `series`: v1.3.0-rc.1 is
 * out. `edited`: v1.2.4 is, which retracts versions and deprecates the module. `begun`: v1.2.4 was
 * not pushed. `planned`: release.json is the plan of a patch.
 */
export type State = "released" | "series" | "edited" | "begun" | "planned";

const goMod = `module example.com/m

go 1.21

require (
	example.com/m/codec v0.2.0
	golang.org/x/text v0.14.0
)
`;
const edited = `// Deprecated: use example.com/better instead.
${goMod}
retract [v1.0.0, v1.0.2] // leaks file handles

retract v1.1.0 // panics
`;

/** What an example may change. */
const changing = ["work", "remote.git"];

/** example.com/m with its modules codec and tools, what it requires, and another checkout beside it. */
export class Ground implements AsyncDisposable {
  readonly repo = new Repo();
  readonly #env: Record<string, string>;
  readonly #text = new Repo();
  readonly #folder = new Folder();
  readonly #textProxy: Proxy;
  #proxy: Proxy;
  readonly #gorel: (line: string) => Promise<void>;
  readonly #kept = new Set<State>();
  #now: State | undefined;

  /** `gorel` runs a command line here that has to succeed. */
  constructor(gorel: (line: string) => Promise<void>) {
    this.#text.commit("start", {
      "go.mod": "module golang.org/x/text\n\ngo 1.18\n",
      "text.go": "package text\n",
    });
    this.#text.tag("v0.14.0");
    this.#text.withRemote();
    this.#textProxy = new Proxy(this.#text, undefined, "golang.org/x/text");
    this.#proxy = new Proxy(this.repo);
    this.#env = {
      ...environment(),
      ...this.repo.env,
      LANG: "C.UTF-8",
      GOMODCACHE: this.#folder.join("mod"),
      GOCACHE: buildCache,
      // What a train and a new major build is judged by tests of their own.
      GOREL_NO_BUILD: "1",
    };
    this.#gorel = gorel;
    this.#release();
  }

  /** What gorel runs in here; the proxies are those of the state. */
  get env(): Record<string, string> {
    return { ...this.#env, GOPROXY: `${this.#proxy.url},${this.#textProxy.url}` };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const proxy of [this.#proxy, this.#textProxy]) await proxy[Symbol.asyncDispose]();
    for (const used of [this.repo, this.#text, this.#folder]) used[Symbol.dispose]();
  }

  /** Has everything as it is in a state, whatever was done since it was last asked for that. */
  async become(state: State): Promise<void> {
    if (state === this.#now) return;
    // A proxy never forgets what it has served.
    await this.#proxy[Symbol.asyncDispose]();
    this.#proxy = new Proxy(this.repo);
    if (this.#kept.has(state)) this.#copy(this.#folder.join(state), this.repo.folder.path);
    else {
      if (this.#kept.size > 0) await this.become("released");
      await this.#make[state]();
      this.#copy(this.repo.folder.path, this.#folder.join(state));
      this.#kept.add(state);
    }
    this.#now = state;
  }

  /** Says that the state is not any more what it was. */
  changed(): void {
    this.#now = undefined;
  }

  /** Copies what examples may change, times included: git's index knows files by them. */
  #copy(from: string, to: string): void {
    Deno.mkdirSync(to, { recursive: true });
    for (const name of changing) remove(join(to, name));
    run("cp", ["-a", ...changing.map((name) => join(from, name)), to]);
  }

  readonly #make: Readonly<Record<State, () => void | Promise<void>>> = {
    released: () => {},
    series: () => {
      this.repo.tag("v1.3.0-rc.1");
      this.repo.git("push", "-q", "origin", "v1.3.0-rc.1");
      this.repo.commit("fix: after the candidate", { "m.go": "package m\n\nconst Count = 11\n" });
    },
    edited: () => {
      this.repo.commit("retract", { "go.mod": edited });
      this.repo.tag("v1.2.4");
      this.repo.git("push", "-q", "origin", "main", "v1.2.4");
      this.repo.commit("fix: after it", { "m.go": "package m\n\nconst Count = 12\n" });
    },
    begun: () => this.#gorel("gorel patch --no-push --yes"),
    planned: () => this.#gorel("gorel plan patch -o release.json"),
  };

  #release(): void {
    const { repo } = this;
    const code = (n: number) => ({ "m.go": `package m\n\nconst Count = ${n}\n` });
    repo.commit("start", {
      ...code(0),
      "go.mod": goMod,
      "README.md": "# example.com/m\n",
      LICENSE: "free\n",
      "codec/go.mod": "module example.com/m/codec\n\ngo 1.21\n",
      "codec/codec.go": "package codec\n",
      "tools/go.mod": "module example.com/m/tools\n\ngo 1.21\n",
      "tools/tools.go": "package tools\n",
    });
    for (const tag of ["codec/v0.2.0", "tools/v0.3.0", "v1.0.0"]) repo.tag(tag);
    for (const [i, tag] of ["v1.0.2", "v1.1.0", "v1.2.3"].entries()) {
      repo.commit(`fix: for ${tag}`, code(i + 1));
      repo.tag(tag);
    }
    repo.commit("feat: New", {
      "new.go": "package m\n\nfunc New() {}\n",
      "codec/new.go": "package codec\n\nfunc New() {}\n",
      "tools/new.go": "package tools\n\nfunc New() {}\n",
    });
    // Few files are soon copied.
    Deno.writeTextFileSync(join(repo.home, "gitconfig"), "[transfer]\n\tunpackLimit = 1\n", {
      append: true,
    });
    repo.withRemote();
    repo.git("remote", "add", "upstream", repo.remote);
    repo.commit("fix: later", code(10));
    repo.git("gc", "-q");
    for (const git of ["work/.git", "remote.git"]) remove(repo.folder.join(git, "hooks"));
    run("git", ["clone", "-q", repo.remote, repo.folder.join("other")], { env: repo.env });
  }
}

function remove(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
