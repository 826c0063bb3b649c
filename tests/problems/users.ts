/** What users get: files that Go refuses, and whether a proxy can be asked for the proof. */
import { join } from "node:path";
import { released } from "../support/released.ts";
import { Repo, run } from "../support/repo.ts";
import { Proxy } from "../support/proxy.ts";
import type { Case, Scene } from "./prove.ts";

const patch = ["patch"];
const waiting = ["patch", "--wait", "1s"];

const holds = (files: Record<string, string>) => (r: Repo) => void r.commit("files", files);

/** More than Go takes of go.mod and of LICENSE. */
const large = "x".repeat((16 << 20) - 100) + "\n";

/** Files that Go refuses in every module, with what it says, the way out, and nearly the same. */
const refused: [
  title: string,
  files: Record<string, string>,
  text: RegExp,
  file: string,
  near: [title: string, files: Record<string, string>],
][] = [
  [
    "a character that Windows does not have",
    { "testdata/it's.txt": "x" },
    /testdata\/it's\.txt: invalid char '\\''/,
    "testdata/it's.txt",
    ["in a folder with its own go.mod", {
      "testdata/it's.txt": "x",
      "testdata/go.mod": "module x\n",
    }],
  ],
  [
    "a device of Windows",
    { "aux.go": "package m\n" },
    /aux\.go: "aux" disallowed as path element component on Windows/,
    "aux.go",
    ["in a vendored package", { "vendor/a/aux.go": "package a\n", "auxi.go": "package m\n" }],
  ],
  [
    "two files whose names fold to one",
    { "Read.go": "package m\n", "read.go": "package m\n" },
    /case-insensitive file name collision: "Read\.go" and "read\.go"/,
    "read.go",
    ["ß is not ss", { "straße.txt": "x", "strasse.txt": "x", "read_.go": "package m\n" }],
  ],
  [
    "two folders whose names fold to one",
    { "Doc/a.go": "package a\n", "doc/b.go": "package a\n" },
    /collision: "Doc" and "doc"/,
    "doc/b.go",
    ["one of them is another module's", { "Doc/a.go": "package a\n", "dOC/go.mod": "module x\n" }],
  ],
  [
    "go.mod in capital letters",
    { "GO.MOD": "module x\n" },
    /go\.mod files must have lowercase names/,
    "GO.MOD",
    ["in a folder, which it makes a module", { "sub/GO.MOD": "module x\n", "sub/it's": "" }],
  ],
  [
    "a licence of more than 16 MiB",
    { "LICENSE": large + "x".repeat(100) },
    /LICENSE file too large \(max size is 16777216 bytes\)/,
    "LICENSE",
    ["exactly that many", { "LICENSE": large + "x".repeat(99) }],
  ],
];

/** A proxy over the remote, or none. */
function proxied(of: (proxy: string) => Record<string, string>): Pick<Scene, "hold" | "env"> {
  let proxy: Proxy | undefined;
  return {
    env: (r) => of((proxy ??= new Proxy(r)).url),
    hold: () => ({
      [Symbol.asyncDispose]: async () => {
        await proxy?.[Symbol.asyncDispose]();
        proxy = undefined;
      },
    }),
  };
}

/** A port of this machine where nobody listens. */
const nobody = (() => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return `http://127.0.0.1:${port}`;
})();

export const users: Case[] = [
  ...refused.map(([title, files, text, File, [almost, kept]]): Case => ({
    code: "zip-invalid",
    title,
    change: holds(files),
    argv: patch,
    text,
    where: { File },
    fix: /rename or remove|smaller|move/,
    cure: (r) => {
      if (File === "LICENSE") r.commit("short", { LICENSE: "free\n" });
      else {
        r.git("rm", "-q", "--", File);
        r.git("commit", "-qm", "without");
      }
    },
    near: { title: almost, change: holds(kept) },
  })),
  {
    code: "zip-invalid",
    title: "a badly named symbolic link",
    change: (r) => {
      Deno.symlinkSync("m.go", join(r.dir, "a:b"));
      r.commit("link");
    },
    argv: patch,
    text: /a:b: invalid char ':'/,
    where: { File: "a:b" },
    near: {
      title: "a link with a good name",
      change: (r) => {
        Deno.symlinkSync("m.go", join(r.dir, "a_b"));
        r.commit("link");
      },
    },
  },
  {
    code: "zip-invalid",
    title: "the licence that Go adds to a module in a folder",
    change: holds({ "sub/go.mod": "module example.com/m/sub\n", "sub/license": "free\n" }),
    argv: ["minor", "sub"],
    text: /puts the repository's LICENSE into the module in sub, and then refuses it/,
    where: { File: "LICENSE" },
    fix: /exactly LICENSE/,
    cure: (r) => {
      r.git("mv", "sub/license", "sub/LICENSE");
      r.git("commit", "-qm", "LICENSE");
    },
    near: {
      title: "one of its own",
      change: holds({ "sub/go.mod": "module example.com/m/sub\n", "sub/LICENSE": "free\n" }),
    },
  },
  {
    code: "proxy-unset",
    title: "GOPROXY=off",
    argv: waiting,
    text: /No module proxy is known \(GOPROXY=off\)/,
    cure: "--no-wait",
    near: { title: "nothing is waited for", argv: patch },
  },
  {
    code: "proxy-unset",
    title: "what a check is told, its own flag mends",
    argv: ["check"],
    text: /No module proxy is known/,
    cure: "--no-wait",
    near: { title: "nothing is waited for", argv: ["check", "--no-wait"], has: "not-asked" },
  },
  {
    code: "proxy-unset",
    title: "neither go nor the environment says one",
    env: (r) => ({ PATH: gitAlone(r), GOPROXY: "" }),
    argv: waiting,
    text: /No module proxy is known/,
    cure: "--accept proxy-unset",
    near: { title: "nothing is pushed", argv: ["patch", "--no-push"] },
  },
  {
    code: "proxy-unset",
    title: "GONOPROXY=none takes a private module to the proxy after all",
    env: () => ({ GOPRIVATE: "example.com", GONOPROXY: "none" }),
    argv: waiting,
    text: /No module proxy is known/,
    near: {
      title: "a private module",
      env: () => ({ GOPRIVATE: "example.com" }),
      has: "private-module",
    },
  },
  {
    code: "proxy-unreachable",
    title: "nobody is there",
    env: () => ({ GOPROXY: nobody }),
    argv: waiting,
    text: /module proxy does not say which versions it has: /,
    cure: "--accept proxy-unreachable",
    near: { title: "somebody is", ...proxied((url) => ({ GOPROXY: url })) },
  },
  {
    code: "proxy-unreachable",
    title: "nobody is there, and nobody is waited for",
    level: "note",
    env: () => ({ GOPROXY: nobody }),
    argv: ["patch", "--no-push", "--wait", "1s"],
    text: /module proxy does not say/,
    near: {
      title: "the next of the list answers",
      ...proxied((url) => ({ GOPROXY: `${nobody}|${url}` })),
    },
  },
  {
    code: "private-module",
    title: "GOPRIVATE",
    env: () => ({ GOPRIVATE: "example.com/m", GOPROXY: nobody }),
    argv: waiting,
    text: /example\.com\/m is private .* verified at the remote instead of a proxy/,
    near: {
      title: "a neighbour's",
      ...proxied((url) => ({ GOPRIVATE: "example.com/mm", GOPROXY: url })),
    },
  },
  {
    code: "not-asked",
    title: "the proxy, with --no-wait",
    argv: patch,
    text: /proxy was not asked \(--no-wait\)/,
    near: { title: "it was", ...proxied((url) => ({ GOPROXY: url })), argv: waiting },
  },
  {
    code: "nothing-to-verify",
    title: "no version yet",
    make: () => {
      const repo = new Repo();
      repo.commit("begin", { "go.mod": "module example.com/m\n" });
      return repo.withRemote();
    },
    argv: ["verify"],
    text: /No version of this module is published yet/,
    fix: /gorel patch/,
    near: {
      title: "one",
      ...proxied((url) => ({ GOPROXY: url })),
      make: released,
    },
  },
  {
    code: "revision-unknown",
    title: "a tag that is not here",
    change: (r) => {
      r.tag("v1.0.1");
      r.git("push", "-q", "origin", "main", "v1.0.1");
      r.git("tag", "-d", "v1.0.1");
    },
    argv: ["verify", "v1.0.1"],
    text: /tag v1\.0\.1 is not here/,
    fix: /^git fetch origin tag v1\.0\.1$/,
    near: {
      title: "it is",
      ...proxied((url) => ({ GOPROXY: url })),
      argv: ["verify", "v1.0.0"],
    },
  },
  {
    code: "revision-unknown",
    title: "no such revision",
    argv: ["hash", "nowhere"],
    text: /Git knows no revision nowhere/,
    fix: /git fetch --tags/,
    near: { title: "a branch", argv: ["hash", "main"] },
  },
];

/** A folder with git alone. */
export function gitAlone(repo: Repo): string {
  const bin = join(repo.home, "bin");
  Deno.mkdirSync(bin);
  const git = run("sh", ["-c", "command -v git"]).trim();
  Deno.symlinkSync(git, join(bin, "git"));
  return bin;
}
