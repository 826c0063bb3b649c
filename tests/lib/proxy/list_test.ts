import assert from "node:assert/strict";
import { isPrivate, parseProxyList, shownUrl } from "../../../lib/proxy/list.ts";
import { Go, needsGo } from "../../support/go.ts";

/** Each item of a list with what stands after it. */
function shown(list: string): string {
  const parsed = parseProxyList(list);
  if ("Error" in parsed) return parsed.Error;
  return parsed.Entries.map((e) => (e.Url ?? e.Kind) + (e.Next ?? "")).join(" ");
}

const rows: [list: string, want: string][] = [
  ["https://a.example", "https://a.example"],
  ["https://a.example,direct", "https://a.example, direct"],
  ["https://a.example|http://b.example,off", "https://a.example| http://b.example, off"],
  ["off,https://a.example", "off"],
  ["direct|https://a.example", "direct"],
  [" https://a.example , | direct ", "https://a.example, direct"],
  [",,https://a.example,,", "https://a.example"],
  ["https://a.example,|https://b.example", "https://a.example, https://b.example"],
  ["a.example", "https://a.example"],
  ["a.example:8080/sub", "https://a.example:8080/sub"],
  ["file:///srv/proxy,off", "file:///srv/proxy, off"],
  [",", "GOPROXY list is not the empty string, but contains no entries"],
  [" ", "GOPROXY list is not the empty string, but contains no entries"],
  ["foo", "invalid proxy URL missing scheme: foo"],
  ["https://a.example,/srv/proxy", "invalid proxy URL missing scheme: /srv/proxy"],
  ["ftp://a.example", "invalid proxy URL scheme (must be https, http, file): ftp://a.example"],
  [
    "ftp://me:secret@a.example",
    "invalid proxy URL scheme (must be https, http, file): ftp://a.example",
  ],
  [
    "file://host/srv",
    "invalid file:// proxy URL with non-path elements: file://host/srv",
  ],
  ["http:/srv", "invalid proxy URL missing host: http:/srv"],
];

for (const [list, want] of rows) {
  Deno.test(`parseProxyList reads ${JSON.stringify(list)}`, () => {
    assert.equal(shown(list), want);
  });
}

Deno.test({
  ...needsGo("parseProxyList refuses what the go command refuses, in its words"),
  fn() {
    using go = new Go();
    for (const [list, want] of rows) {
      if (!/^(GOPROXY|invalid)/.test(want) || /missing host|secret/.test(list + want)) continue;
      const said = new Go({ GOPROXY: list });
      using _ = said;
      assert.ok(
        said.run(["list", "-m", "example.com/m@v1.0.0"], go.folder.path).stderr.includes(want),
        list,
      );
    }
  },
});

Deno.test("isPrivate follows GONOPROXY alone", () => {
  const covers = (GONOPROXY: string, path: string) => isPrivate({ GONOPROXY }, path);
  assert.equal(covers("example.com/secret", "example.com/secret/m"), true);
  assert.equal(covers("example.com/secret", "example.com/secrets"), false);
  assert.equal(covers("*.corp.example", "git.corp.example/m"), true);
  assert.equal(covers("none", "example.com/m"), false);
  assert.equal(covers("", "example.com/m"), false);
});

Deno.test("shownUrl leaves out credentials and queries", () => {
  assert.equal(shownUrl("https://me:se%40cret@a.example/x?token=secret#y"), "https://a.example/x");
  assert.equal(shownUrl("https://me@you@a.example"), "https://a.example");
  assert.equal(shownUrl("https://a.example/x@y"), "https://a.example/x@y");
  assert.equal(shownUrl("me:secret@a.example:/x"), "a.example:/x");
});
