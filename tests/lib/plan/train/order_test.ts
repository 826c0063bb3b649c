import assert from "node:assert/strict";
import { inOrder, type Link } from "../../../../lib/plan/train/order.ts";
import { cases, seeded } from "../../../support/random.ts";

/** `requires` and `zips` are lists of indices; a zip is of something required. */
function link(requires: number[], zips: number[] = requires): Link {
  return { Requires: new Set(requires), Zips: new Set(zips) };
}

Deno.test("dependencies come first, else the order is that of the list", () => {
  assert.deepEqual(inOrder([link([]), link([]), link([])]), [0, 1, 2]);
  assert.deepEqual(inOrder([link([2]), link([]), link([1])]), [1, 2, 0]);
});

Deno.test("in a circle the order leaves out as few lines of go.sum as can be", () => {
  assert.deepEqual(inOrder([link([1]), link([0])]), [0, 1]);
  // 1 and 2 need the zip of 0, which needs no more than the go.mod of 1.
  assert.deepEqual(inOrder([link([1], []), link([0]), link([0, 1])]), [0, 1, 2]);
  assert.deepEqual(inOrder([link([1]), link([0], [])]), [1, 0]);
});

Deno.test("no other order of a random train leaves out less, and a module waits for what it requires", () => {
  const r = seeded("train orders");
  for (let i = cases(30, 1000); i > 0; i--) {
    const n = r.int(1, 6);
    const links = Array.from({ length: n }, (_, at) => {
      const requires = Array.from({ length: n }, (_, i) => i)
        .filter((other) => other !== at && r.chance(0.3));
      return link(requires, requires.filter(() => r.chance(0.7)));
    });
    const cost = (order: readonly number[]) =>
      order.reduce(
        (sum, one, at) =>
          sum + order.slice(at + 1).filter((later) => links[one]!.Zips.has(later)).length,
        0,
      );
    const order = inOrder(links);
    assert.deepEqual([...order].sort(), links.map((_, i) => i));
    const least = Math.min(...permutations(order).map(cost));
    assert.equal(cost(order), least, JSON.stringify(links.map((l) => [...l.Zips])));
    const reach = links.map((_, at) => reached(links, at));
    order.forEach((one, at) => {
      for (const later of order.slice(at + 1)) {
        // Only what requires it in turn may come later than what is required.
        if (links[one]!.Requires.has(later)) assert.ok(reach[later]!.has(one));
      }
    });
  }
});

function permutations(list: readonly number[]): number[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((one) =>
    permutations(list.filter((other) => other !== one)).map((rest) => [one, ...rest])
  );
}

function reached(links: readonly Link[], from: number): Set<number> {
  const found = new Set<number>();
  const queue = [from];
  for (const at of queue) {
    for (const next of links[at]!.Requires) {
      if (found.has(next)) continue;
      found.add(next);
      queue.push(next);
    }
  }
  return found;
}
