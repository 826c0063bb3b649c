/** What is taken out of foreign text before it is shown. */
import assert from "node:assert/strict";
import { jsonText, some, withoutCredentials } from "../../lib/text.ts";

Deno.test("withoutCredentials() leaves nothing of user and password, and the rest as it is", () => {
  const table: [string, string][] = [
    ["at 'http://ada:pw@h.example/x' (no)", "at 'http://h.example/x' (no)"],
    ["https://token@h.example:443/x", "https://h.example:443/x"],
    ["ssh://git:p%2Fw@h/x and ftp://a:b@c/d", "ssh://h/x and ftp://c/d"],
    ["http://ada:p@w@h/x", "http://h/x"],
    ["http://ada:p'w\"@h/x", "http://h/x"],
    ["http://ada:p/w@h/x", "http://h/x"],
    ["http://ada:p/w/q@h:80/x", "http://h:80/x"],
    ["http://h:80/m/@v/list", "http://h:80/m/@v/list"],
    ["http://[::1]:80/m/@v/list", "http://[::1]:80/m/@v/list"],
    ["https://h/m@v1.0.0 by ada@example.com", "https://h/m@v1.0.0 by ada@example.com"],
    ["git@h.example:m.git", "git@h.example:m.git"],
  ];
  for (const [text, want] of table) assert.equal(withoutCredentials(text), want);
});

Deno.test("jsonText() is the same value without anything that is invisible or obeyed", () => {
  const value = {
    "\u202e": ["\x1b[31m\x7f\u009b2J\u2066", "line\nend\ttab", "é🙂\u{e0001}\ud800"],
  };
  for (const indent of [undefined, 2]) {
    const text = jsonText(value, indent);
    assert.deepEqual(JSON.parse(text), value);
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
    assert.match(text, /é🙂/);
  }
  assert.equal(jsonText({ a: [1, "x"] }, 2), JSON.stringify({ a: [1, "x"] }, null, 2));
});

Deno.test("some() names three and counts the rest, without what a terminal would obey", () => {
  assert.equal(some(["a\x1b[31m", "b", "c"]), "a, b, c");
  assert.equal(some(["a", "b", "c", "d", "e"]), "a, b, c and 2 more");
});
