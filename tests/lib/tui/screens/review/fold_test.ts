/** Which steps of a plan stay where there are few rows for them. */
import assert from "node:assert/strict";
import { foldSteps } from "../../../../../lib/tui/screens/review/fold.ts";

function rowsOf(before: number, behind: number) {
  return Array.from({ length: before + behind }, (_, i) => ({ Beyond: i >= before }));
}

Deno.test("the highlighted step and the push stay, whatever else there is room for", () => {
  for (let before = 0; before < 9; before++) {
    for (let behind = 0; behind < 4; behind++) {
      const rows = rowsOf(before, behind);
      for (let at = 0; at < rows.length; at++) {
        for (let room = 5; room < 15; room++) {
          const { Shown, Above, Below } = foldSteps(rows, at, room);
          const said = `${before} + ${behind}, at ${at}, ${room} rows: ${[...Shown]}`;
          assert.ok(Shown.has(at), said);
          assert.ok(behind === 0 || Shown.has(before), said);
          assert.equal(Shown.size + Above + Below, rows.length, said);
          const used = Shown.size + Number(Above > 0) + Number(Below > 0) + Number(behind > 0);
          assert.ok(used <= room, said);
          // What fits as a whole is not folded, and one step is never folded into a row of its own.
          if (rows.length + Number(behind > 0) <= room) assert.equal(Above + Below, 0, said);
          assert.ok(Above !== 1 && Below !== 1, said);
        }
      }
    }
  }
});

Deno.test("the neighbours of the highlighted one come before steps far away", () => {
  assert.deepEqual([...foldSteps(rowsOf(5, 3), 3, 6).Shown].sort(), [3, 4, 5]);
  assert.deepEqual([...foldSteps(rowsOf(5, 3), 0, 6).Shown].sort(), [0, 1, 5]);
  assert.deepEqual(foldSteps(rowsOf(5, 3), 6, 6), {
    Shown: new Set([5, 6, 7, 4]),
    Above: 4,
    Below: 0,
  });
});
