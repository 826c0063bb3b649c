/** `gorel demo`: a bad release patched and retracted, in a sandbox, by the code that does it anywhere else. */
import { join } from "node:path";
import type { Answer, Options } from "../lib/cli/answer.ts";
import { mayAsk } from "../lib/cli/ask.ts";
import { defaults } from "../lib/cli/flags.ts";
import { toChoices } from "../lib/cli/options.ts";
import {
  beginning,
  ending,
  type Gets,
  keptText,
  opening,
  planned,
  teller,
} from "../lib/cli/print/demo.ts";
import { progressOf } from "../lib/cli/progress.ts";
import { styleOf } from "../lib/cli/style.ts";
import { gather } from "../lib/facts/gather.ts";
import { known } from "../lib/facts/types.ts";
import { Refused } from "../lib/problem.ts";
import { bad, modulePath } from "../lib/sandbox/sample.ts";
import { openSandbox, type Sandbox } from "../lib/sandbox/sandbox.ts";
import type { Services } from "../lib/services.ts";
import { clean, decode, shellWord } from "../lib/text.ts";
import { carryOut, nothingDone, plan } from "./carry.ts";
import { open } from "./screens.ts";

/** Runs the demo. The sandbox is removed in the end, however it ends, unless `--keep` is given. */
export async function run(
  options: Options,
  services: Services,
  signal: AbortSignal,
): Promise<Answer> {
  const { flags } = options;
  const ask = mayAsk(options, services);
  const sandbox = await openSandbox(services, { keep: flags.keep, signal });
  const tells = !flags.json && !flags.quiet;
  let answer: Answer;
  let go: boolean;
  try {
    ({ answer, go } = ask
      ? { answer: await screens(sandbox, options, signal), go: true }
      : await patchAndRetract(sandbox, options, tells, signal));
  } finally {
    await sandbox.close();
  }
  if (!flags.keep) return answer;
  const kept = keptText(shellWord(sandbox.Root), go);
  if (answer.Kind === "text") return { ...answer, Text: answer.Text + kept };
  services.terminal.err(kept);
  return answer;
}

/** The program itself, in the sandbox: nothing of the user's own settings has a place there. */
function screens(sandbox: Sandbox, options: Options, signal: AbortSignal): Promise<Answer> {
  const { plain, ascii, color, events } = options.flags;
  const flags = { ...defaults(), plain, ascii, color, events };
  const inside = { ...options, flags, args: [], cwd: sandbox.Work };
  return open(inside, sandbox.Services, signal, { Sandbox: true });
}

/** What `gorel retract v1.0.0 --reason … --yes` does, with its story around it. */
async function patchAndRetract(
  sandbox: Sandbox,
  options: Options,
  tells: boolean,
  signal: AbortSignal,
): Promise<{ answer: Answer; go: boolean }> {
  const services = sandbox.Services;
  const style = styleOf(options.flags, services.env, services.terminal.interactive);
  const tell = (text: string) => tells && say(services, text);
  // Defaults for the user's own releases (GOREL_OFFLINE, GOREL_REMOTE) have no place here.
  const { Choices } = toChoices("retract", [bad.Version], { ...defaults(), reason: bad.Reason });
  const made = await plan(Choices, { Dir: sandbox.Work }, services);
  if ("Nothing" in made) {
    return { answer: { Kind: "outcome", Outcome: nothingDone(made.Nothing) }, go: false };
  }
  tell(opening(style, made.Plan.Releases[0]!.Version));
  tell(planned(style, made.Plan));
  tell(beginning(style));
  const told = teller(style);
  const outcome = await carryOut(
    made.Plan,
    made.Facts,
    Choices,
    services,
    signal,
    options.flags.events ? progressOf(options, services) : (step) => tell(told(step)),
  );
  const { Next: _, ...gone } = outcome;
  const answer: Answer = { Kind: "outcome", Outcome: options.flags.keep ? outcome : gone };
  if (outcome.State !== "published" || options.flags.json) return { answer, go: false };
  const gets = await whatUsersGet(sandbox);
  return { answer: { Kind: "text", Text: ending(style, gets) }, go: gets.Go !== undefined };
}

/** Reads the facts again, and asks the real go command if there is one. */
async function whatUsersGet(sandbox: Sandbox): Promise<Gets> {
  const facts = await gather(sandbox.Services, { Dir: sandbox.Work });
  if (Array.isArray(facts)) throw new Refused(facts);
  const now = known(facts.Modules[0]!.Latest);
  const go = await askGo(sandbox);
  return {
    Latest: now?.Latest ?? "nothing",
    Retracted: now?.GoMod?.Retract.some((r) => r.Low === bad.Version) ?? false,
    ...(go && { Go: go }),
  };
}

/** What go says in a module that requires the bad version. Undefined without go. */
async function askGo({ Root, Services: { processes } }: Sandbox): Promise<Gets["Go"]> {
  const there = await processes.run("go", ["version"], { cwd: Root });
  if (there.Code !== 0) return undefined;
  const user = join(Root, "user");
  await Deno.mkdir(user);
  await Deno.writeTextFile(join(user, "go.mod"), "module example.com/user\n\ngo 1.21\n");
  const out: { Command: string; Lines: string[] }[] = [];
  for (const version of [bad.Version, "latest"]) {
    const args = ["get", `${modulePath}@${version}`];
    const { Stdout, Stderr } = await processes.run("go", args, { cwd: user });
    out.push({
      Command: `go ${args.join(" ")}`,
      Lines: (decode(Stdout) + decode(Stderr)).trimEnd().split("\n")
        .map((line) => (line.startsWith("\t") ? "    " : "") + clean(line)),
    });
  }
  return out;
}

/** Tells a part of the story. Whoever stops reading it does not stop the release. */
function say({ terminal }: Services, text: string): void {
  try {
    terminal.out(text);
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
