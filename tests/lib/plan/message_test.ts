/** Messages against git's own. */
import assert from "node:assert/strict";
import { cleanedUp, signedOff } from "../../../lib/plan/message.ts";
import { cases, type Random, seeded } from "../../support/random.ts";
import { Repo } from "../../support/repo.ts";

Deno.test("--signoff stands where git commit --signoff puts it", () => {
  using repo = new Repo();
  repo.commit("first");
  const me = { Name: "Ada Example", Email: "ada@example.com" };
  const r = seeded("sign-off");
  const fixed = [
    "Release v1.0.1",
    "Subject\n\nSigned-off-by: Ada Example <ada@example.com>",
    "Subject\n\nbody\n\nReviewed-by: B <b@c>\nSigned-off-by: B <b@c>",
    "Subject\n\nSigned-off-by: Ada Example <ada@example.com>\nAcked-by: B <b@c>",
    "Subject\n\nSigned-off-by: Ada Example <ada@example.com>\n goes on",
  ];
  const all = [...fixed, ...Array.from({ length: cases(25, 500) }, () => randomMessage(r))];
  for (const message of all) {
    repo.git("commit", "-q", "--allow-empty", "--signoff", "-m", message);
    const git = repo.git("cat-file", "commit", "HEAD").replace(/^[^]*?\n\n/, "");
    assert.equal(signedOff(cleanedUp(message), me).trimEnd(), git, JSON.stringify(message));
  }
});

function randomMessage(r: Random): string {
  const line = () =>
    r.pick([
      "",
      "words that say why",
      "Fixes: #12",
      "Acked-by: B <b@c>",
      "Signed-off-by: B <b@c>",
      "Signed-off-by: Ada Example <ada@example.com>",
      "(cherry picked from commit 1234567)",
      " goes on",
      "key : value",
      "http://example.com",
      "trailing   ",
    ]);
  return ["Subject", ...Array.from({ length: r.int(0, 7) }, line)].join("\n");
}
