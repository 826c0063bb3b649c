/** Functions of lib/go beside Go's own, on the same arguments. */
import assert from "node:assert/strict";
import { Oracle } from "../../support/oracle.ts";

/** A function of Go's, arguments for it, and for each of them the list of results that we have. */
export interface Claim {
  Op: string;
  Inputs: readonly (readonly unknown[])[];
  Results: readonly (readonly unknown[])[];
}

/** A claim; `ours` gives an error as its text, and no error as null. */
export function claim<A extends unknown[]>(
  Op: string,
  Inputs: readonly A[],
  ours: (...args: A) => unknown[],
): Claim {
  return { Op, Inputs, Results: Inputs.map((args) => ours(...args)) };
}

/** Asks Go in one process, and fails at the first input where it says otherwise. */
export async function agree(claims: readonly Claim[]): Promise<void> {
  const oracle = await Oracle.open();
  const questions = claims.flatMap(({ Op, Inputs }) =>
    Inputs.map((args) => [Op, ...args] as const)
  );
  const answers = (await oracle.ask(questions)).values();
  for (const { Op, Inputs, Results } of claims) {
    for (const [i, args] of Inputs.entries()) {
      const { Values, Panic } = answers.next().value!;
      const asked = `${Op}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
      assert.equal(Panic, undefined, asked);
      assert.deepEqual(shown(Results[i]!), Values, asked);
    }
  }
}

/** As JSON carries it: bytes that are no UTF-8 come as U+FFFD. */
function shown(values: readonly unknown[]): unknown {
  return JSON.parse(
    JSON.stringify(values, (_, value) => typeof value === "string" ? value.toWellFormed() : value),
  );
}
