/** The order of a train: dependencies first, and in a circle the order that leaves out the least. */

/** One module: which others it requires, and whose zip its go.sum must have the hash of, by index. */
export interface Link {
  Requires: ReadonlySet<number>;
  Zips: ReadonlySet<number>;
}

/** Circles of more modules are not tried in every order. */
const mostTried = 12;

/** The indices, dependencies first; equal ones as they are given. */
export function inOrder(links: readonly Link[]): number[] {
  return components(links).flatMap((circle) =>
    circle.length > mostTried ? greedy(links, circle) : best(links, circle)
  );
}

/** Modules that require each other, in a list; those they require in a list before (Tarjan). */
function components(links: readonly Link[]): number[][] {
  const out: number[][] = [];
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const stack: number[] = [];
  const visit = (at: number): void => {
    const own = index.size;
    index.set(at, own);
    low.set(at, own);
    stack.push(at);
    for (const next of [...links[at]!.Requires].sort((a, b) => a - b)) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(at, Math.min(low.get(at)!, low.get(next)!));
    }
    if (low.get(at) !== own) return;
    out.push(stack.splice(stack.indexOf(at)).sort((a, b) => a - b));
  };
  links.forEach((_, at) => index.has(at) || visit(at));
  return out;
}

/** What is left out where a module comes after these: first lines of go.sum, then requirements. */
function leftOut({ Requires, Zips }: Link, waiting: ReadonlySet<number>): number {
  const count = (all: ReadonlySet<number>) => [...all].filter((other) => waiting.has(other)).length;
  return count(Zips) * 1000 + count(Requires);
}

/** The best order of all, by the best one of every subset. */
function best(links: readonly Link[], circle: readonly number[]): number[] {
  let level = new Map<string, { Cost: number; Order: number[] }>([["", { Cost: 0, Order: [] }]]);
  for (let taken = 0; taken < circle.length; taken++) {
    const next: typeof level = new Map();
    for (const { Cost, Order } of level.values()) {
      const left = circle.filter((one) => !Order.includes(one));
      for (const one of left) {
        const waiting = new Set(left.filter((other) => other !== one));
        const cost = Cost + leftOut(links[one]!, waiting);
        const key = [...Order, one].sort((a, b) => a - b).join();
        const known = next.get(key);
        if (!known || cost < known.Cost) next.set(key, { Cost: cost, Order: [...Order, one] });
      }
    }
    level = next;
  }
  return [...level.values()][0]!.Order;
}

function greedy(links: readonly Link[], circle: readonly number[]): number[] {
  const waiting = new Set(circle);
  const cost = (one: number) =>
    leftOut(links[one]!, new Set([...waiting].filter((other) => other !== one)));
  return circle.map(() => {
    const next = [...waiting].reduce((least, one) => cost(one) < cost(least) ? one : least);
    waiting.delete(next);
    return next;
  });
}
