/** `explain PATH`: what Go takes for a path, where its go.mod and tags are, and whom go asks. */
import assert from "node:assert/strict";
import { explainPath, placeOf } from "../../../../lib/cli/explain/path.ts";
import type { GoSettings } from "../../../../lib/config/goenv.ts";

const { paths }: { paths: { path: string; checkPath: string | null; escaped: string }[] } = JSON
  .parse(Deno.readTextFileSync(new URL("../../../vectors/semver_module.json", import.meta.url)));

const settings: GoSettings = {
  From: "go",
  GOPROXY: "https://user:secret@proxy.example.com,direct",
  GOPRIVATE: "*.corp.example.com",
  GONOPROXY: "*.corp.example.com",
  GONOSUMDB: "*.corp.example.com",
  GOINSECURE: "",
  GOFLAGS: "",
};

function page(path: string, siblings: Parameters<typeof explainPath>[1] = [], go = settings) {
  const { Text, List = [] } = explainPath(path, siblings, go);
  return { Text: Text.join(" "), ...Object.fromEntries(List.map((row) => [row.Name, row.Text])) };
}

Deno.test("a path is refused for Go's reason, and escaped as Go does", () => {
  for (const { path, checkPath, escaped } of paths) {
    if (/[\n\r\t]|[^\x20-\x7e]/.test(path)) continue;
    const found = page(path) as Record<string, string>;
    if (checkPath === null) assert.equal(found["on a proxy"]?.split("/@v/")[0], escaped, path);
    else {
      const reason = checkPath.slice(checkPath.lastIndexOf('": ') + 3);
      assert.ok(found.Text!.includes(reason.trim()), `${path}: ${found.Text}`);
    }
  }
});

Deno.test("go.mod and tags of a path are where go-rules §7.1 has them", () => {
  const table: [path: string, goMod: string, tags: string][] = [
    ["github.com/u/r", "go.mod", "v1.2.3"],
    ["github.com/u/r/v3", "go.mod, or v3/go.mod, not both", "v3.2.3"],
    ["github.com/u/r/sub", "sub/go.mod, if it is a module of its own", "sub/v1.2.3"],
    [
      "github.com/u/r/sub/v3",
      "sub/go.mod, or sub/v3/go.mod, not both, if it is a module of its own",
      "sub/v3.2.3",
    ],
    ["gopkg.in/y.v3", "go.mod", "v3.2.3"],
    ["git.example.com/a/b.git/c", "c/go.mod, if it is a module of its own", "c/v1.2.3"],
  ];
  for (const [path, goMod, tags] of table) {
    const found = page(path) as Record<string, string>;
    assert.equal(found["go.mod at"], goMod, path);
    assert.equal(found["tags like"], tags, path);
  }
});

Deno.test("the repository of a path is said where a rule fixes it, else which page is asked", () => {
  assert.equal(placeOf("github.com/u/r/a/b").Root, "github.com/u/r");
  assert.equal(placeOf("bitbucket.org/u/r/v2").Root, "bitbucket.org/u/r");
  assert.equal(placeOf("example.com/a.git/b").Root, "example.com/a.git");
  assert.match(placeOf("gopkg.in/yaml.v3").Text, /github\.com\/go-yaml\/yaml/);
  assert.match(placeOf("gopkg.in/u/p.v1").Text, /github\.com\/u\/p/);
  assert.match(placeOf("example.com/m").Text, /https:\/\/example\.com\/m\?go-get=1/);
  assert.match(placeOf("github.com/u").Text, /no repository/);
});

Deno.test("whom go asks is said without credentials", () => {
  const shown = page("example.com/m").Text;
  assert.match(shown, /https:\/\/proxy\.example\.com, then direct/);
  assert.doesNotMatch(shown, /secret/);
  assert.match(
    page("git.corp.example.com/m").Text,
    /private here: GOPRIVATE.*checksum database is not/,
  );
  const with_ = (GOPROXY: string) => page("example.com/m", [], { ...settings, GOPROXY }).Text;
  assert.match(with_("off"), /asks nobody/);
  assert.match(with_("direct"), /asks its repository/);
  assert.match(with_("ftp://x"), /cannot be read/);
});

Deno.test("paths of this repository are told by the module they are in", () => {
  const siblings = [
    { Path: "example.com/m", Dir: "", TagPrefix: "" },
    { Path: "example.com/m/sub/v2", Dir: "sub/v2", TagPrefix: "sub/" },
  ];
  const module = page("example.com/m/sub/v2", siblings) as Record<string, string>;
  assert.match(module.Text!, /a module of this repository, in the folder sub\/v2/);
  assert.equal(module["tags like"], "sub/v2.2.3");
  assert.match(
    page("example.com/m/sub/v2/internal/x", siblings).Text,
    /folder sub\/v2\/internal\/x/,
  );
  assert.match(
    page("example.com/m/sub/v2/internal/x", siblings).Text,
    /users of the module cannot/,
  );
  assert.match(
    page("example.com/m/sub/x", siblings).Text,
    /folder sub\/x of the module example\.com\/m,/,
  );
});
