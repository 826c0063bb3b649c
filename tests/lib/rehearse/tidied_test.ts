import assert from "node:assert/strict";
import { changedLines } from "../../../lib/rehearse/tidied.ts";

Deno.test("what go mod tidy would change is told line by line, each with its directive", () => {
  const diff = [
    "diff current/go.mod tidy/go.mod",
    "--- current/go.mod",
    "+++ tidy/go.mod",
    "@@ -1,5 +1,9 @@",
    " module example.com/m/v2",
    "+",
    "+require example.com/a v1.0.0",
    "+",
    "+require (",
    "+\texample.com/b v1.0.0",
    "+\texample.com/c v1.0.0 // indirect",
    "+)",
    " replace (",
    "-\texample.com/d => ./d",
    " )",
    "-tool example.com/t",
    "@@ -20,2 +24,1 @@",
    "-\texample.com/e v1.0.0",
    "diff current/go.sum tidy/go.sum",
    "--- current/go.sum",
    "+++ tidy/go.sum",
    "@@ -0,0 +1,2 @@",
    "+example.com/a v1.0.0 h1:AAAA=",
    "+example.com/a v1.0.0/go.mod h1:BBBB=",
  ];
  assert.deepEqual(changedLines(diff.join("\n")), [
    "+require example.com/a v1.0.0",
    "+require example.com/b v1.0.0",
    "+require example.com/c v1.0.0 // indirect",
    "-replace example.com/d => ./d",
    "-tool example.com/t",
    "-require example.com/e v1.0.0",
    "+example.com/a v1.0.0 in go.sum",
  ]);
  assert.deepEqual(changedLines("--- current/go.mod\n+++ tidy/go.mod\n@@ -1 +1 @@\n+\n"), []);
});
