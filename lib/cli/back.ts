/** Choices back to the command line that asks for them: the inverse of options.ts. */
import type { Choices } from "../choices.ts";
import { commandOf } from "./commands.ts";
import { type FlagName, has, written } from "./flags.ts";
import { unsaidChoices } from "./options.ts";
import { durationText, intervalText } from "./values.ts";

/** A folder as an operand, which is neither a flag nor a version. */
function operandOf(dir: string): string {
  if (dir === "") return ".";
  return /^(?:-|v\d)/.test(dir) ? `./${dir}` : dir;
}

/**
 * The shortest command line, without the program's name, that asks for these choices from the
 * repository's root. One word counts for all modules of a train. `unsaid` is what a line without
 * flags asks for: by `.gorel.toml` alone, and by it and the environment. What all of them say is
 * left out, and what one of them says otherwise is said, or taken back.
 */
export function toArgv(
  choices: Choices,
  unsaid: readonly Choices[] = [unsaidChoices({})],
): string[] {
  const out = operands(choices);
  const command = commandOf(out[0]!)!;
  /** A flag that the choices and all of `unsaid` do not agree about; `words` is what says it. */
  const flag = <T>(
    name: FlagName,
    of: (choices: Choices) => T,
    words: (value: NonNullable<T>) => string[],
    always = false,
  ) => {
    const value = of(choices);
    const agreed = unsaid.every((one) => JSON.stringify(of(one)) === JSON.stringify(value));
    if ((agreed && !always) || !has(command, name)) return;
    out.push(...(value === undefined || value === null ? [written(name, true)] : words(value)));
  };
  const text = (name: FlagName, of: (choices: Choices) => string | undefined) =>
    flag(name, of, (value) => [written(name, false), value]);
  const list = (name: FlagName, of: (choices: Choices) => readonly string[] | undefined) =>
    flag(
      name,
      (c) => of(c)?.length ? of(c) : undefined,
      (all) => all.flatMap((one) => [written(name, false), one]),
    );
  const truth = (
    name: FlagName,
    of: (choices: Choices) => boolean | undefined,
    always = false,
  ) => flag(name, of, (value) => [written(name, !value)], always);

  text("pre", (c) => c.Modules[0]?.Pre);
  text("layout", (c) => c.Major?.Layout);
  text("keepBranch", (c) => c.Major?.Keep);
  list("rewrite", (c) => c.Major?.Classes.Rewrite);
  list("leave", (c) => c.Major?.Classes.Leave);
  truth("restoreReplaces", (c) => c.RestoreReplaces);
  list("include", (c) => c.Include);
  text("remote", (c) => c.Remote);
  truth("offline", (c) => c.Offline);
  if (!choices.Offline) {
    // What was offline pushed nothing and waited for nothing, whatever was said of these.
    const away = unsaid.some(({ Offline }) => Offline);
    truth("push", (c) => c.Push, away);
    flag(
      "wait",
      (c) => c.Wait,
      (ms) => ms === 0 ? [written("wait", true)] : [written("wait", false), durationText(ms)],
      away,
    );
  }
  text("commitMessage", (c) => c.Messages.Commit);
  text("tagMessage", (c) => c.Messages.Tag);
  if (choices.Sign !== undefined) truth("sign", (c) => c.Sign);
  truth("signoff", (c) => c.Signoff);
  truth("hooks", (c) => c.Hooks);
  truth("build", (c) => c.Build);
  for (const one of choices.Accept) {
    const { Code, Reason } = one;
    const same = (other: typeof one) => other.Code === Code && other.Reason === Reason;
    if (unsaid.every(({ Accept }) => Accept.some(same))) continue;
    out.push(written("accept"), Reason === undefined ? Code : `${Code}=${Reason}`);
  }
  return out;
}

/** The word with its operands, the modules, and what an edit of go.mod is made of. */
function operands(choices: Choices): [string, ...string[]] {
  const [module] = choices.Modules;
  const named = choices.Modules.length > 1
    ? choices.Modules.map(({ Dir }) => operandOf(Dir))
    : module?.Dir
    ? ["--module", module.Dir]
    : [];
  const { Retract = [], Unretract = [], Reason, Self } = choices.Edit ?? {};
  const rest = [
    ...named,
    ...(choices.From === undefined ? [] : ["--from", choices.From]),
    ...(Reason === undefined ? [] : ["--reason", Reason]),
    ...(Self ? ["--self"] : []),
  ];
  switch (choices.Do) {
    case "release":
      return [module?.Version ?? module?.Bump ?? "auto", ...named];
    case "retract":
      return ["retract", ...Retract.map(intervalText), ...rest];
    case "unretract":
      return ["unretract", ...Unretract.map(intervalText), ...rest];
    case "deprecate":
    case "undeprecate":
      return [choices.Do, ...rest];
  }
}
