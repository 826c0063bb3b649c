/** Every setting with its value, and who says it: the command line, the environment, or the file. */
import type { ConfigFile } from "../config/file.ts";
import { configName, fileKeys, flagKeys } from "../config/keys.ts";
import { type Problem, problem } from "../problem.ts";
import { closest } from "../suggest.ts";
import { clean } from "../text.ts";
import type { ConfigDocument, Options } from "./answer.ts";
import { fromEnvironment, variablesIn } from "./environment.ts";
import { type FlagName, flagNames, flags, keyOf, opposite, variable, written } from "./flags.ts";
import { unsaid } from "./flag.ts";
import { defaultWait } from "./options.ts";
import { durationText } from "./values.ts";

type Row = ConfigDocument["Values"][number];

/** What only the environment says. */
const others = ["GOREL_MOTION", "GOREL_CACHE", "GOREL_EXECUTABLE"] as const;

/** What the launcher and commands that gorel runs are told. */
const handed = /^GOREL_(?:OUTER|RELEASE)_/;

/** Every key of the file, flags first, with the value that counts for a release now. */
export function settings(
  options: Pick<Options, "flags" | "given">,
  env: Readonly<Record<string, string>>,
  file: ConfigFile | undefined,
): Row[] {
  const names = new Map(flagNames.map((name) => [keyOf(name), name]));
  return [...Object.keys(flagKeys), ...Object.keys(fileKeys)].map((key) => {
    const name = names.get(key);
    return (name && said(name, key, options, env)) ?? fromFile(key, file) ??
      { Key: key, Value: name ? usual(name) : null, From: "default" };
  });
}

function said(
  name: FlagName,
  Key: string,
  { flags: typed, given }: Pick<Options, "flags" | "given">,
  env: Readonly<Record<string, string>>,
): Row | undefined {
  if (given?.has(name)) {
    const value = typed[name];
    return { Key, Value: shownOf(name, value), From: written(name, value === false) };
  }
  const around = fromEnvironment(env, [name]);
  if (!Object.hasOwn(around, name)) return undefined;
  return { Key, Value: shownOf(name, around[name]), From: variablesIn(env, name)[0]! };
}

function fromFile(Key: string, file: ConfigFile | undefined): Row | undefined {
  const setting = file?.Settings.get(Key);
  return setting && { Key, Value: setting.Value, From: configName, Line: setting.Line };
}

/** What a flag is when nobody says anything; null where that is for git or the release to say. */
function usual(name: FlagName): Row["Value"] {
  return name === "wait" ? durationText(defaultWait) : shownOf(name, unsaid[flags[name].kind]);
}

/** A flag's value as the file would say it. */
function shownOf(name: FlagName, value: unknown): Row["Value"] {
  if (flags[name].kind !== "duration") return (value ?? null) as Row["Value"];
  return value === 0 ? false : durationText(Number(value));
}

/** Variables that look like gorel's own and are read by nobody: a warning each. */
export function strangers(env: Readonly<Record<string, string>>): Problem[] {
  const usual = [...flagNames.filter((name) => flags[name].env).map(variable), ...others];
  const known: (string | undefined)[] = [...usual, ...flagNames.map(opposite)];
  return Object.keys(env).filter((name) =>
    name.startsWith("GOREL_") && !known.includes(name) && !handed.test(name)
  ).sort().map((name) => {
    const own = (one: string) => one.slice("GOREL_".length).toLowerCase();
    const positive = name.replace("GOREL_NO_", "GOREL_");
    const meant = closest(own(name), usual.map(own));
    const near = usual.includes(positive) ? positive : meant && `GOREL_${meant.toUpperCase()}`;
    return problem(
      "config-invalid",
      `The variable ${clean(name)} means nothing to gorel${near ? `; did you mean ${near}?` : "."}`,
      { level: "warn", ...(near === undefined && { fix: "gorel man lists what is read" }) },
    );
  });
}
