/** The bundle: it holds all of the program, needs nothing else, and is the same from everywhere. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  bundle,
  bundleSources,
  cachedBundle,
  root,
  withSeenImports,
} from "../../scripts/bundle.ts";
import { Bundled } from "../support/bundled.ts";
import { Folder, Repo, tryRun } from "../support/repo.ts";

Deno.test("another folder gives the same bundle, byte for byte, and no path stands in it", async () => {
  using folder = new Folder();
  const away = folder.join("some where", "else");
  for (const path of await bundleSources()) {
    Deno.mkdirSync(join(away, path, ".."), { recursive: true });
    Deno.copyFileSync(join(root, path), join(away, path));
  }
  const [here, there] = [await cachedBundle(), await bundle(away)];
  assert.deepEqual([...there.keys()], [...here.keys()]);
  const decoder = new TextDecoder();
  const { HOME = "", DENO_DIR = "" } = Deno.env.toObject();
  const paths = [root, folder.path, `${HOME}/`, DENO_DIR].filter((path) => path.length > 1);
  for (const [name, bytes] of here) {
    const text = decoder.decode(bytes);
    assert.equal(decoder.decode(there.get(name)), text, name);
    for (const path of paths) assert.equal(text.includes(path), false, `${path} in ${name}`);
  }
});

Deno.test("a start reads the files that it needs: Deno sees no import of the others", async () => {
  const decoder = new TextDecoder();
  const app = await cachedBundle();
  for (const [name, bytes] of app) {
    if (!name.endsWith(".js")) continue;
    assert.doesNotMatch(decoder.decode(bytes), /\bimport\("\.\//, name);
  }
  // For the version itself there is one more, and none that imports a module of Node.
  const main = decoder.decode(app.get("main.js"));
  const first = Array.from(main.matchAll(/(?:from|import)"([^"]+)"/g), ([, path]) => path!);
  assert.equal(first.length, 1, first.join());
  assert.doesNotMatch(decoder.decode(app.get(first[0]!.slice(2))), /import|from"/);
  const seen = decoder.decode(withSeenImports(app).get("main.js"));
  assert.match(seen, /\bimport\("\.\/\d+-next\.js"\)/);
});

Deno.test("every file of the bundle loads, and none has lost the names of a package", async () => {
  using bundled = await Bundled.make();
  const names = [...bundled.files.keys()].filter((name) =>
    name.endsWith(".js") && name !== "main.js"
  );
  assert.ok(names.length > 100);
  const program = `const out = {};
for (const name of ${JSON.stringify(names)}) {
  try {
    out[name] = Object.keys(await import(${
    JSON.stringify(pathToFileURL(bundled.app).href)
  } + "/" + name));
  } catch (error) {
    out[name] = error.message;
  }
}
console.log(JSON.stringify(out));`;
  using folder = new Folder();
  const file = folder.join("load.js");
  Deno.writeTextFileSync(file, program);
  const ran = tryRun(Deno.execPath(), ["run", "--no-config", "--cached-only", "-A", file], {
    env: { DENO_DIR: folder.join("cache"), NO_COLOR: "1", NODE_ENV: "production" },
  });
  assert.equal(ran.code, 0, ran.stderr);
  const loaded: Record<string, string | string[]> = JSON.parse(ran.stdout);
  for (const [name, found] of Object.entries(loaded)) {
    if (typeof found === "string") {
      // Only Ink's own developers have that package, and gorel never lets Ink ask for it.
      assert.match(found, /react-devtools-core/, name);
    } else {
      // A package in the older module format keeps only its default export where it is imported
      // at run time, and nothing of ours has one.
      assert.notDeepEqual(found, ["default"], `${name} is a package that is imported at run time`);
    }
  }
});

Deno.test("the bundle does what the program does, without sources and packages", async () => {
  using bundled = await Bundled.make();
  using repo = new Repo();
  repo.write("go.mod", "module example.com/m\n\ngo 1.22\n");
  repo.write("m.go", "package m\n");
  repo.git("add", ".");
  repo.git("commit", "-qm", "first");
  repo.tag("v1.0.0");
  repo.write("m.go", "package m\n\n// F does nothing.\nfunc F() {}\n");
  repo.git("commit", "-qam", "feat: F");
  const lines: [line: string, said: RegExp][] = [
    ["--version", /^gorel \d/],
    ["next --offline", /^v1\.1\.0\n$/],
    ["status --offline --json", /"Path": ?"example\.com\/m"/],
    ["patch --dry-run --offline --no-build", /v1\.0\.1/],
    ["explain v2.0.0", /v2/],
    ["config --offline", /wait/],
    ["completion bash", /complete/],
    ["man", /\.SH NAME/],
    ["__complete fish -- pat", /patch/],
    ["help retract", /retract/],
  ];
  for (const [line, said] of lines) {
    const ran = await bundled.run(line.split(" "), { cwd: repo.dir, env: repo.env });
    assert.equal(ran.code, 0, `${line}: ${ran.stderr}`);
    assert.match(ran.stdout, said, line);
  }
  using folder = new Folder();
  const demo = await bundled.run(["demo", "--yes", "--json"], {
    cwd: folder.path,
    env: { HOME: folder.path, TMPDIR: folder.path },
  });
  assert.equal(demo.code, 0, demo.stderr);
  assert.equal(JSON.parse(demo.stdout).State, "published");
});
