import assert from "node:assert/strict";
import { compare } from "../../../lib/go/semver.ts";
import { type IgnoredCode, tagPrefix, versionsOfTags } from "../../../lib/go/versions.ts";
import { Go, needsGo } from "../../support/go.ts";
import { Repo } from "../../support/repo.ts";
import { gitInstead, goList } from "./golist.ts";

Deno.test("a major version folder is never part of the tag prefix", () => {
  const table: [dir: string, pathMajor: string, prefix: string][] = [
    ["", "", ""],
    ["", "/v2", ""],
    ["v2", "/v2", ""],
    ["sub", "", "sub/"],
    ["sub", "/v2", "sub/"],
    ["sub/v2", "/v2", "sub/"],
    ["a/b/v10", "/v10", "a/b/"],
    ["v2", "", "v2/"],
    ["v2", "/v3", "v2/"],
    ["subv2", "/v2", "subv2/"],
    ["v2/v2", "/v2", "v2/"],
    ["", ".v2", ""],
  ];
  for (const [dir, pathMajor, prefix] of table) {
    assert.equal(tagPrefix(dir, pathMajor), prefix, `${dir} ${pathMajor}`);
  }
});

const tags = [
  "v1.10.0",
  "v1.9.0",
  "v0.1.0",
  "v1.10.0-rc.1",
  "v2.0.0",
  "v10.0.0",
  "v3.1.0-beta",
  "v1",
  "v1.2",
  "v2.1",
  "v01.0.0",
  "v1.02.0",
  "v1.0.0-01",
  "v01.x",
  "v1.0.0+meta",
  "v2.0.0+incompatible",
  "v1.0.0+incompatible",
  "v1.0.1-0.20260102030405-abcdefabcdef",
  "v2.0.0-20260102030405-abcdefabcdef",
  "1.0.0",
  "2.0",
  "01.5",
  "1",
  "2026-01-02",
  "V1.0.0",
  "V0.5",
  "v1.2.3.4",
  "v1.x",
  "v1-rc",
  "v1.0.0-a_b",
  "v2/v2.0.1",
  "v2/v2.x",
  "v1/tools/v1.0.0",
  "v1.0.0/x",
  "version-1",
  "release-1.0",
  "vendor",
  "v",
  "",
  "sub/v1.1.0",
  "sub/v2.0.0",
  "sub/v2.1.0",
  "sub/1.1.0",
  "sub/v1.1",
  "sub/v2/v2.2.0",
  "sub/deep/v1.0.0",
  "subv1.0.0",
];

Deno.test("tags of each module are told from those of others, and from those that only look like it", () => {
  const root: [string, IgnoredCode][] = [
    ["v1", "short"],
    ["v1.2", "short"],
    ["v01.0.0", "leading-zero"],
    ["v1.02.0", "leading-zero"],
    ["v1.0.0-01", "leading-zero"],
    ["v01.x", "not-a-version"],
    ["v1.0.0+meta", "build-metadata"],
    ["v2.0.0+incompatible", "incompatible-written-out"],
    ["v1.0.0+incompatible", "incompatible-written-out"],
    ["v1.0.1-0.20260102030405-abcdefabcdef", "pseudo-version"],
    ["1.0.0", "no-v"],
    ["01.5", "no-v"],
    ["V1.0.0", "upper-case-v"],
    ["V0.5", "upper-case-v"],
    ["v1.2.3.4", "not-a-version"],
    ["v1.x", "not-a-version"],
    ["v1-rc", "not-a-version"],
    ["v1.0.0-a_b", "not-a-version"],
  ];
  const second: [string, IgnoredCode][] = [
    ["v2.1", "short"],
    ["v2.0.0+incompatible", "incompatible-written-out"],
    ["v2.0.0-20260102030405-abcdefabcdef", "pseudo-version"],
    ["2.0", "no-v"],
    ["v2/v2.0.1", "major-in-prefix"],
  ];
  const table: {
    prefix: string;
    pathMajor: string;
    versions: string[];
    incompatible?: string[];
    ignored: [string, IgnoredCode][];
  }[] = [
    {
      prefix: "",
      pathMajor: "",
      versions: ["v0.1.0", "v1.9.0", "v1.10.0-rc.1", "v1.10.0"],
      incompatible: ["v2.0.0", "v3.1.0-beta", "v10.0.0"],
      ignored: root,
    },
    { prefix: "", pathMajor: "/v2", versions: ["v2.0.0"], ignored: second },
    { prefix: "", pathMajor: ".v2", versions: ["v2.0.0"], ignored: second },
    { prefix: "", pathMajor: ".v2-unstable", versions: [], ignored: [] },
    { prefix: "", pathMajor: "/v10", versions: ["v10.0.0"], ignored: [] },
    { prefix: "", pathMajor: "/v4", versions: [], ignored: [] },
    {
      prefix: "sub/",
      pathMajor: "",
      versions: ["v1.1.0"],
      ignored: [["sub/1.1.0", "no-v"], ["sub/v1.1", "short"]],
    },
    {
      prefix: "sub/",
      pathMajor: "/v2",
      versions: ["v2.0.0", "v2.1.0"],
      ignored: [["sub/v2/v2.2.0", "major-in-prefix"]],
    },
  ];
  for (const { prefix, pathMajor, versions, incompatible = [], ignored } of table) {
    const found = versionsOfTags(tags, { prefix, pathMajor });
    const where = `${prefix} ${pathMajor}`;
    assert.deepEqual(found.Versions, versions, where);
    assert.deepEqual(found.Incompatible, incompatible, where);
    assert.deepEqual(found.Ignored.map((t) => [t.Tag, t.Code]), ignored, where);
    for (const { Reason } of found.Ignored) assert.match(Reason, /^Go [^\n]+\.$/);
  }
  const gopkg = versionsOfTags(["v0.0.0-alpha", "v0.1.0", "v1.0.0"], {
    prefix: "",
    pathMajor: ".v1",
  });
  assert.deepEqual(gopkg.Versions, ["v0.0.0-alpha", "v1.0.0"]);
});

Deno.test("fifty thousand tags come out ascending, each once", () => {
  const many = Array.from({ length: 50_000 }, (_, i) => {
    const n = (i * 7919) % 50_000;
    return `v1.${n % 250}.${Math.floor(n / 500)}${Math.floor(n / 250) % 2 ? "-rc.1" : ""}`;
  });
  const { Versions } = versionsOfTags(many, { prefix: "", pathMajor: "" });
  assert.equal(new Set(Versions).size, 50_000);
  for (let i = 1; i < Versions.length; i++) {
    assert.equal(compare(Versions[i - 1]!, Versions[i]!), -1);
  }
});

Deno.test(needsGo("the go command lists the same versions from the same tags"), () => {
  using repo = new Repo();
  repo.commit("four modules", {
    "go.mod": "module github.com/t/tags\n",
    "sub/go.mod": "module github.com/t/tags/sub\n",
    "v2/go.mod": "module github.com/t/tags/v2\n",
    "sub/v2/go.mod": "module github.com/t/tags/sub/v2\n",
  });
  // git cannot keep "v1" beside "v1/tools/v1.0.0".
  for (const tag of tags) if (tag !== "" && tag !== "v1") repo.git("tag", tag);
  using go = new Go({ GOPROXY: "direct", ...gitInstead("https://github.com/t/tags", repo.dir) });
  const table: [path: string, dir: string, pathMajor: string][] = [
    ["github.com/t/tags", "", ""],
    ["github.com/t/tags/v2", "v2", "/v2"],
    ["github.com/t/tags/sub", "sub", ""],
    ["github.com/t/tags/sub/v2", "sub/v2", "/v2"],
  ];
  const answers = goList(go, ["-versions"], table.map(([path]) => `${path}@latest`));
  assert.equal(answers.length, table.length);
  for (const [i, [path, dir, pathMajor]] of table.entries()) {
    const { Versions } = versionsOfTags(tags, { prefix: tagPrefix(dir, pathMajor), pathMajor });
    assert.ok(Versions.length > 0);
    assert.deepEqual([answers[i]?.Path, answers[i]?.Versions], [path, Versions]);
  }
});
