/** Plans of new majors in real repositories, and their files as they would be written. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { machine } from "../../../../lib/cli/machine.ts";
import { toChoices } from "../../../../lib/cli/options.ts";
import { parse } from "../../../../lib/cli/parser.ts";
import { gather } from "../../../../lib/facts/gather.ts";
import { applyEdits } from "../../../../lib/go/modfile/edit.ts";
import { encodeText } from "../../../../lib/go/modfile/utf8.ts";
import { build, type Built } from "../../../../lib/plan/build.ts";
import type { Plan, WriteStep } from "../../../../lib/plan/types.ts";
import type { Problem } from "../../../../lib/problem.ts";
import type { Repo } from "../../../support/repo.ts";

/** Builds the plan of a command line, of the module in one folder; nobody outside is asked. */
export async function built(repo: Repo, argv: readonly string[], dir = ""): Promise<Built> {
  const line = parse([...argv, "--offline"], {});
  assert.ok(!("Help" in line));
  const { Choices } = toChoices(line.word, line.args, line.flags);
  const services = machine({ ...repo.env, PATH: Deno.env.get("PATH") ?? "" });
  const facts = await gather(services, {
    Dir: join(repo.dir, dir),
    Release: true,
    Offline: "--offline",
    ...(Choices.Include.length > 0 && { Include: Choices.Include }),
  });
  if (Array.isArray(facts)) return { Problems: facts };
  return await build(facts, { ...Choices, Modules: [{ ...Choices.Modules[0]!, Dir: dir }] });
}

/** The plan of a command line that is not refused. */
export async function planOf(repo: Repo, argv: readonly string[], dir = ""): Promise<Plan> {
  const result = await built(repo, argv, dir);
  assert.ok("Plan" in result, JSON.stringify(result));
  return result.Plan;
}

/** Why a command line is refused. */
export async function refusalOf(
  repo: Repo,
  argv: readonly string[],
  dir = "",
): Promise<Problem[]> {
  const result = await built(repo, argv, dir);
  assert.ok("Problems" in result, JSON.stringify(result));
  return result.Problems.filter((p) => p.Level === "stop");
}

/** Every file that a plan writes, with the bytes that its step says; null where it goes away. */
export function filesOf(repo: Repo, plan: Plan): Map<string, Uint8Array | null> {
  const steps = plan.Steps.filter((step): step is WriteStep => step.Do === "write");
  return new Map(steps.map((step) => [step.File, bytesOf(repo, step)]));
}

function bytesOf(repo: Repo, { File, After, Text, Base64, Edits }: WriteStep): Uint8Array | null {
  if (After === null) return null;
  if (Text !== undefined) return encodeText(Text);
  if (Base64 !== undefined) return Uint8Array.fromBase64(Base64);
  return applyEdits(Deno.readFileSync(join(repo.dir, File)), Edits!);
}

/** Writes them into the work tree, and holds git's ids of them against the plan's. */
export function write(repo: Repo, plan: Plan): void {
  for (const [file, bytes] of filesOf(repo, plan)) {
    const path = join(repo.dir, file);
    if (bytes === null) {
      Deno.removeSync(path);
      continue;
    }
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.writeFileSync(path, bytes);
  }
  repo.git("add", "-A");
  assert.equal(repo.git("write-tree"), plan.Releases[0]!.Tree);
}
