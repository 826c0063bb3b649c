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
