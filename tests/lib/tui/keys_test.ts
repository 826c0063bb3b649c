/** The table of keys: what the guide says of it, and what a press means. */
import assert from "node:assert/strict";
import { type Action, actionOf, actions, keys, nameOf } from "../../../lib/tui/keys.ts";
import type { Press } from "../../../lib/tui/model.ts";

function press(name: string): Press {
  if (/^\^.$/.test(name)) return { Key: "char", Char: name[1]!, Ctrl: true };
  return [...name].length === 1
    ? { Key: "char", Char: name }
    : { Key: name as Exclude<Press["Key"], "char"> };
}

Deno.test("The guide's table of keys is the one that the program works by", () => {
  const guide = Deno.readTextFileSync(new URL("../../../docs/guide.md", import.meta.url));
  const section = guide.slice(guide.indexOf("### Keys"));
  const cells = [
    ...section.slice(0, section.indexOf("\n#", 5)).matchAll(/^\| (.+?) *\| (.+?) *\|$/gm),
  ]
    .map(([, key = "", help = ""]) => `${key}: ${help}`).slice(2);
  assert.deepEqual(
    cells,
    actions.map((action) => {
      const { shown, help } = keys[action];
      return `\`${shown}\`: ${help}`;
    }),
  );
});

Deno.test("no two actions of one screen's key can be confused", () => {
  const owners = new Map<string, Action>();
  for (const action of actions) {
    for (const name of keys[action].presses) {
      assert.equal(nameOf(press(name)), name);
      assert.equal(owners.get(name), undefined, `${name} is ${owners.get(name)} and ${action}`);
      owners.set(name, action);
    }
  }
});

Deno.test("only what is offered works, and in a field every printable key is text", () => {
  const offers = [{ Action: "up" }, { Action: "next" }, { Action: "save" }] as const;
  assert.equal(actionOf(press("k"), offers, false), "up");
  assert.equal(actionOf(press("n"), offers, false), "next");
  assert.equal(actionOf(press("e"), offers, false), undefined);
  assert.equal(actionOf(press("?"), offers, false), "help");
  for (const text of ["k", "n", "?", "$", " ", "q"]) {
    assert.equal(actionOf(press(text), offers, true), undefined, text);
  }
  assert.equal(actionOf(press("up"), offers, true), "up");
  assert.equal(actionOf(press("^s"), offers, true), "save");
  assert.equal(actionOf(press("^c"), offers, true), "stop");
});
