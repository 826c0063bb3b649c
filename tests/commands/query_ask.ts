/** `gorel query` in this process, for tests that ask a lot. */
import assert from "node:assert/strict";
import { run } from "../../commands/query.ts";
import type { Answer, Queried, QueryRefused } from "../../lib/cli/answer.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import { Refused } from "../../lib/problem.ts";
import type { Services } from "../../lib/services.ts";
import { environment } from "../support/gorel.ts";

export type Row = Queried | QueryRefused;

/** Where it is asked, and what it is given. */
export interface Seat {
  cwd: string;
  env: Record<string, string>;
  change?: (services: Services) => Partial<Services>;
}

/** The answer to a command line behind `gorel query`. */
export function answer(argv: string[], { cwd, env, change = () => ({}) }: Seat): Promise<Answer> {
  const line = parse(["query", ...argv], {});
  assert.ok(!("Help" in line));
  const options = { command: line.word, args: line.args, flags: line.flags, cwd };
  const services = machine({ ...environment(), HOME: cwd, ...env });
  return run(options, { ...services, ...change(services) }, new AbortController().signal);
}

/** Its rows, in the order of the operands; one that was refused alone too. */
export async function ask(argv: string[], seat: Seat): Promise<Row[]> {
  try {
    const said = await answer(argv, seat);
    assert.ok(said.Kind === "query");
    return Array.isArray(said.Document) ? said.Document : [said.Document];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const [first] = error.problems;
    const Problems = [...error.problems];
    return [{ Path: "", Query: "", Error: { Code: first!.Code, Text: first!.Text, Problems } }];
  }
}
