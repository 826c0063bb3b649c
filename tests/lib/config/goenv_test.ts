import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { goSettings } from "../../../lib/config/goenv.ts";
import { needsGo } from "../../support/go.ts";
import { Folder } from "../../support/repo.ts";

const PATH = Deno.env.get("PATH") ?? "";

Deno.test({
  ...needsGo("goSettings gives what go env says, its configuration file and defaults included"),
  async fn() {
    using folder = new Folder();
    Deno.writeTextFileSync(
      folder.join("goenv"),
      "GOPROXY=https://proxy.example.com|direct\nGOINSECURE=*.example.org\n",
    );
    const settings = await goSettings(
      machine({
        PATH,
        HOME: folder.path,
        GOENV: folder.join("goenv"),
        GOPRIVATE: "example.com/secret",
        GONOSUMDB: "example.com/other",
        GOFLAGS: "-mod=mod",
      }),
      folder.path,
    );
    const { GOVERSION, ...rest } = settings;
    assert.match(GOVERSION ?? "", /^go1\.\d+/);
    assert.deepEqual(rest, {
      From: "go",
      GOPROXY: "https://proxy.example.com|direct",
      GOPRIVATE: "example.com/secret",
      GONOPROXY: "example.com/secret",
      GONOSUMDB: "example.com/other",
      GOSUMDB: rest.GOSUMDB,
      GOINSECURE: "*.example.org",
      GOFLAGS: "-mod=mod",
      GOMODCACHE: folder.join("go", "pkg", "mod"),
    });
    assert.ok(rest.GOSUMDB, "go has a default for GOSUMDB");
  },
});

Deno.test({
  ...needsGo("goSettings does not fetch a toolchain that go.mod wants, nor trip over go.work"),
  async fn() {
    using folder = new Folder();
    Deno.writeTextFileSync(folder.join("go.mod"), "module example.com/m\n\ngo 1.999.0\n");
    Deno.writeTextFileSync(folder.join("go.work"), "nonsense\n");
    const services = machine({ PATH, HOME: folder.path, GOENV: "off", GOPROXY: "off" });
    const settings = await goSettings(services, folder.path);
    assert.equal(settings.From, "go");
    assert.equal(settings.GOPROXY, "off");
  },
});

Deno.test("goSettings takes the environment where go cannot be started", async () => {
  using folder = new Folder();
  const env = { PATH: folder.path, GOPRIVATE: "example.com/secret", GONOPROXY: "none" };
  assert.deepEqual(
    await goSettings(machine({ ...env, GOPROXY: "https://proxy.example.com" }), folder.path),
    {
      From: "environment",
      GOPROXY: "https://proxy.example.com",
      GOPRIVATE: "example.com/secret",
      GONOPROXY: "none",
      GONOSUMDB: "example.com/secret",
      GOINSECURE: "",
      GOFLAGS: "",
    },
  );
  assert.equal((await goSettings(machine(env), folder.path)).GOPROXY, undefined);
  assert.equal(
    (await goSettings(machine({ ...env, GOPROXY: "" }), folder.path)).GOPROXY,
    undefined,
  );
});

Deno.test("goSettings takes the environment where go refuses or does not speak JSON", async () => {
  for (const script of ["exit 2", "echo nonsense", "echo null", "echo '[1]'"]) {
    using folder = new Folder();
    Deno.writeTextFileSync(folder.join("go"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const settings = await goSettings(
      machine({ PATH: folder.path, GOPROXY: "file:///proxy" }),
      folder.path,
    );
    assert.deepEqual([settings.From, settings.GOPROXY], ["environment", "file:///proxy"], script);
  }
});

/** What go reads in a settings file, and what it passes over. */
const oddFile = `# a comment
GOPROXY=file:///first
GOPROXY=file:///a|off

nonsense
 GOSUMDB=indented
goprivate=small
GOPRIVATE= a b ,c
GONOSUMDB=one\r
HOME=/other
GOFLAGS='-ldflags=-s -w' -mod=mod
GOINSECURE=
GOSUMDB=sum.example.com`;

Deno.test({
  ...needsGo("without go the environment and the file of `go env -w` say what go would say"),
  async fn() {
    using folder = new Folder();
    const file = (path: string, text: string) => {
      Deno.mkdirSync(folder.join(path, ".."), { recursive: true });
      Deno.writeTextFileSync(folder.join(path), text);
    };
    file("home/.config/go/env", "GOPROXY=file:///home\nGOPATH=/of/home:/second\nGOSUMDB=off\n");
    file("xdg/go/env", oddFile);
    file("here/rel/env", "GOPROXY=file:///rel\nGONOPROXY=none\nGOMODCACHE=/cache\nGOSUMDB=off");
    file("big/go/env", "GOPROXY=file:///big\nGOSUMDB=off\n");
    const HOME = folder.join("home"), XDG_CONFIG_HOME = folder.join("xdg");
    const own = { GOPROXY: "direct", GOSUMDB: "off" };
    const table: Record<string, string>[] = [
      { HOME },
      { HOME, XDG_CONFIG_HOME },
      { HOME, XDG_CONFIG_HOME, GOPROXY: "", GOPRIVATE: "", GOFLAGS: "" },
      { HOME, XDG_CONFIG_HOME, GOPROXY: ",", GOPRIVATE: "mine.example.com", GONOSUMDB: "" },
      { HOME, XDG_CONFIG_HOME: "xdg", ...own },
      { HOME, GOENV: "off", ...own, GONOPROXY: "", GOPRIVATE: "*.example.com" },
      { HOME, GOENV: "rel/env" },
      { HOME, GOENV: folder.join("nowhere"), ...own, GOPATH: "/a/:/b", GOINSECURE: "x" },
      { HOME, GOENV: folder.path, ...own, GOPATH: ":/b" },
      { HOME, ...own, GOMODCACHE: "relative" },
      { XDG_CONFIG_HOME: folder.join("big") },
      { ...own },
    ];
    const dir = folder.join("here");
    for (const env of table) {
      const { GOVERSION, ...asked } = await goSettings(machine({ PATH, ...env }), dir);
      assert.equal(asked.From, "go");
      assert.ok(GOVERSION);
      const alone = await goSettings(machine({ PATH: folder.path, ...env }), dir);
      assert.deepEqual(alone, { ...asked, From: "environment" }, JSON.stringify(env));
    }
    // No settings file is that large, and whoever made it so does not get it read.
    file("big/go/env", "GOPROXY=file:///big\n" + "#".repeat(2 << 20));
    const large = machine({ PATH: folder.path, XDG_CONFIG_HOME: folder.join("big") });
    assert.equal((await goSettings(large, dir)).GOPROXY, undefined);
  },
});

Deno.test({
  ...needsGo("what breaks other go commands does not keep go from saying its settings"),
  async fn() {
    using folder = new Folder();
    const env = { PATH, HOME: folder.path, GOENV: "off", GOPROXY: "direct" };
    const mods = [
      "module example.com/m\n\ngo 1.999.0\ntoolchain go1.999.0\n",
      "module example.com/m\n\ntoolchain nonsense\n",
      "modul (\n",
    ];
    const flags = [
      "-mod=vendor",
      "-mod=nonsense",
      "-modfile=alt.mod",
      "-modfile=missing",
      "'-ldflags=-s -w' -modcacherw",
      "'-unterminated",
      "-unknown",
      "word",
    ];
    const settings: Record<string, string>[] = [
      { GOTOOLCHAIN: "go1.999.0" },
      { GOWORK: folder.join("missing.work") },
      { GO111MODULE: "off" },
      { GOAUTH: "nonsense" },
      { GOVCS: "nonsense" },
    ];
    const asks = [
      ...mods.map((mod) => ({ mod, more: {} })),
      ...flags.map((GOFLAGS) => ({ mod: mods[0]!, more: { GOFLAGS } })),
      ...settings.map((more) => ({ mod: mods[0]!, more })),
    ];
    for (const { mod, more } of asks) {
      Deno.writeTextFileSync(folder.join("go.mod"), mod);
      const said = await goSettings(machine({ ...env, ...more }), folder.path);
      assert.equal(said.From, "go", JSON.stringify(more));
      assert.equal(said.GOPROXY, "direct");
      assert.equal(said.GOFLAGS, (more as { GOFLAGS?: string }).GOFLAGS ?? "");
    }
  },
});

Deno.test({
  ...needsGo("where go refuses its environment the settings file counts all the same"),
  async fn() {
    using folder = new Folder();
    const GOENV = folder.join("goenv");
    Deno.writeTextFileSync(GOENV, "GOPRIVATE=example.com/secret\nGOPROXY=file:///proxy\n");
    const refused = {
      GOEXPERIMENT: "bogus",
      GO111MODULE: "bogus",
      GOROOT: "/nowhere",
      GOPATH: "a",
    };
    for (const [name, value] of Object.entries(refused)) {
      const env = { PATH, HOME: folder.path, GOENV, [name]: value };
      const { From, GOPROXY, GONOPROXY } = await goSettings(machine(env), folder.path);
      assert.deepEqual(
        [From, GOPROXY, GONOPROXY],
        ["environment", "file:///proxy", "example.com/secret"],
        name,
      );
    }
  },
});
