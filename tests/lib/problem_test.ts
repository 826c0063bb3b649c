import assert from "node:assert/strict";
import { Failed, problem } from "../../lib/problem.ts";

Deno.test("a sentence that ends in foreign words is ended once, and tells no credentials", () => {
  const table: [string, string][] = [
    ["The tag was not signed: private key?.", "The tag was not signed: private key?"],
    ["It said: no!.", "It said: no!"],
    ["Nothing is there.", "Nothing is there."],
    ["It begins with ../..", "It begins with ../.."],
    ["From https://a:b@example.com/m?.", "From https://example.com/m?"],
  ];
  for (const [text, wanted] of table) {
    assert.equal(problem("failed", text).Text, wanted);
    assert.equal(new Failed(text).message, wanted);
  }
});
