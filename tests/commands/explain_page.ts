/** `gorel explain`, run in this process. */
import assert from "node:assert/strict";
import { run } from "../../commands/explain.ts";
import type { ExplainDocument } from "../../lib/cli/answer.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import { environment } from "../support/gorel.ts";
import type { Repo } from "../support/repo.ts";

/** Where whoever asks stands. */
export interface Seat {
  cwd: string;
  env: Record<string, string>;
}

export function seatOf(repo: Repo, folder = ""): Seat {
  return { cwd: `${repo.dir}/${folder}`, env: { ...repo.env } };
}

/** The page about a word, and the codes of what is wrong around it; thrown is what is refused. */
export async function explained(
  seat: Seat,
  word: string,
  ...flags: string[]
): Promise<{ Document: ExplainDocument; Problems: string[] }> {
  const line = parse(["explain", word, ...flags], {});
  assert.ok(!("Help" in line));
  const options = { command: line.word, args: line.args, flags: line.flags, cwd: seat.cwd };
  const answer = await run(options, machine({ ...environment(), ...seat.env }));
  assert.ok(answer.Kind === "explain", answer.Kind);
  return { Document: answer.Document, Problems: (answer.Problems ?? []).map((p) => p.Code) };
}

/** All that a page says, its list included. */
export function wordsOf({ Text, List = [] }: ExplainDocument): string {
  return [...Text, ...List.map((row) => `${row.Name}=${row.Text}`)].join(" ");
}
