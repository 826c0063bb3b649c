import assert from "node:assert/strict";
import { requirementChanges } from "../../../lib/advice/requirements.ts";
import { parse } from "../../../lib/go/modfile/mod.ts";
import { encode } from "../../../lib/text.ts";

const mod = (text: string) => parse("go.mod", encode(`module m\n${text}`)).Mod;

Deno.test("the go line comes first, then what the code needs, then what is indirect, then what is gone", () => {
  const before = mod(
    "go 1.22\nrequire (\n\ta v1.0.0\n\tb v1.0.0\n\tc v1.0.0 // indirect\n\td v1.0.0\n)\n",
  );
  const now = mod(
    "go 1.23\nrequire (\n\tc v1.1.0 // indirect\n\ta v1.0.1\n\te v0.1.0\n\td v1.0.0\n)\n",
  );
  assert.deepEqual(requirementChanges(before, now), [
    { Path: "go", Before: "1.22", After: "1.23" },
    { Path: "a", Before: "v1.0.0", After: "v1.0.1" },
    { Path: "e", After: "v0.1.0" },
    { Path: "c", Before: "v1.0.0", After: "v1.1.0" },
    { Path: "b", Before: "v1.0.0" },
  ]);
});

Deno.test("of a path that is required twice the highest version counts", () => {
  const twice = mod("go 1.22\nrequire a v1.2.0\nrequire a v1.10.0\n");
  assert.deepEqual(requirementChanges(mod("go 1.22\nrequire a v1.10.0\n"), twice), []);
});

Deno.test("a go line that is new or gone has one side", () => {
  assert.deepEqual(requirementChanges(mod(""), mod("go 1.22\n")), [{ Path: "go", After: "1.22" }]);
  assert.deepEqual(requirementChanges(mod("go 1.22\n"), mod("")), [{ Path: "go", Before: "1.22" }]);
});
