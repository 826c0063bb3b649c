/** Reading a plan that comes from a file or a journal: nothing in it is believed unseen. */
import { commandSteps } from "../config/commands.ts";
import { holdsControl } from "../config/words.ts";
import { isOid, isRefName } from "../git/names.ts";
import { isTreePath } from "../git/paths.ts";
import { canonicalVersion, checkImportPath } from "../go/module.ts";
import { isCode, type Problem, problem, Refused } from "../problem.ts";
import type { Plan, Step } from "../plan/types.ts";
import { beyondRelease } from "./scope.ts";

/**
 * Reads a plan. Refused with one sentence when it is none, when it is one of another
 * gorel, and when it would touch anything but its own release.
 */
export function parsePlan(value: unknown): Plan {
  const fault = faultOfPlan(value);
  if (fault !== null) throw new Refused([planInvalid(`This is not a plan of gorel: ${fault}.`)]);
  const plan = value as Plan;
  const beyond = beyondRelease(plan);
  if (beyond === null) return plan;
  throw new Refused([planInvalid(`This plan is not that of its release: ${beyond}.`)]);
}

/** The plan itself is wrong, whatever the world looks like. */
export function planInvalid(text: string): Problem {
  return problem("plan-invalid", text, { fix: "gorel plan WORDS… -o FILE makes a new one" });
}

type Fields = Record<string, unknown>;
type Test = (value: unknown) => boolean;

const isObject = (v: unknown): v is Fields =>
  typeof v === "object" && v !== null && !Array.isArray(v);
const isText = (v: unknown): v is string => typeof v === "string" && v.isWellFormed();
const isBoolean: Test = (v) => typeof v === "boolean";
const isCount: Test = (v) => Number.isSafeInteger(v) && Number(v) >= 0;
const isObjectId: Test = (v) => isText(v) && isOid(v) && !/^0+$/.test(v);
const isId: Test = (v) => isText(v) && /^[a-z][a-z0-9-]{0,99}$/.test(v) && !isOid(v);
/** An object, or the step that makes it. */
const isMade: Test = (v) => isObjectId(v) || isId(v);
const isVersion: Test = (v) => isText(v) && v !== "" && canonicalVersion(v) === v;
const isSum: Test = (v) => isText(v) && /^h1:[A-Za-z0-9+/]{43}=$/.test(v);
const isBase64: Test = (v) => isText(v) && /^[A-Za-z0-9+/]*={0,2}$/.test(v) && v.length % 4 === 0;
const isMessage: Test = (v) => isText(v) && v.trim() !== "" && !v.includes("\0");
const isBranch: Test = (v) => isText(v) && isRefName(`refs/heads/${v}`);
const isTag: Test = (v) => isText(v) && isRefName(`refs/tags/${v}`) && !v.startsWith("-");
const isRemote: Test = (v) => isText(v) && /^[^-\s\p{C}][^\s\p{C}]*$/u.test(v);
const isMode: Test = (v) => isText(v) && /^(100644|100755|120000)$/.test(v);
const isFile: Test = (v) => isText(v) && isTreePath(v);
const isFolder: Test = (v) => v === "" || isFile(v);

const orNull = (test: Test): Test => (v) => v === null || test(v);
const optional = (test: Test): Test => (v) => v === undefined || test(v);
const listOf = (test: Test): Test => (v) => Array.isArray(v) && v.every(test);
const record = (tests: Record<string, Test>): Test => (v) =>
  isObject(v) && wrongIn(v, tests) === undefined;

/** The first field that fails its test. */
function wrongIn(value: Fields, tests: Record<string, Test>): string | undefined {
  return Object.keys(tests).find((name) => !tests[name]!(value[name]));
}

const release = {
  Module: (v) => isText(v) && checkImportPath(v) === null,
  Dir: isFolder,
  Base: optional(isVersion),
  Version: isVersion,
  TagName: isTag,
  Tree: isObjectId,
  Expect: record({
    Sum: isSum,
    GoModSum: isSum,
    LatestBefore: optional(isVersion),
    Latest: optional(isVersion),
  }),
  NewModule: optional((v) => isText(v) && checkImportPath(v) === null),
} satisfies Record<string, Test>;

const base = { Commit: isObjectId, Branch: optional(isBranch), Tree: isObjectId };

const isProblem = record({
  Code: (v) => isText(v) && isCode(v),
  Level: (v) => v === "stop" || v === "warn" || v === "note",
  Text: isText,
  Where: optional(record({ File: isText, Line: optional(isCount) })),
  Fix: optional(isText),
  Accepted: optional(isText),
});

/** Bytes of go.mod that are not UTF-8 stand as lone surrogates. */
const isAnyText: Test = (v) => typeof v === "string";
const edits = listOf(record({ At: isCount, Old: isAnyText, New: isAnyText }));

const stepFields: Readonly<Record<Step["Do"], Record<string, Test>>> = {
  write: {
    In: isId,
    File: isFile,
    Mode: isMode,
    Before: orNull(isObjectId),
    After: orNull(isObjectId),
    Text: optional(isText),
    Edits: optional(edits),
    Base64: optional(isBase64),
    Here: optional(isObjectId),
  },
  commit: { Parents: listOf(isMade), Tree: isObjectId, Message: isMessage, Sign: isBoolean },
  branch: { Name: isBranch, From: orNull(isObjectId), To: isMade },
  tag: { Name: isTag, Of: isMade, Message: isMessage, Sign: isBoolean },
  line: {},
  push: {
    Remote: isRemote,
    Refs: listOf(record({
      Name: (v) => isText(v) && isRefName(v),
      From: orNull(isObjectId),
      To: isMade,
    })),
    Atomic: (v) => v === true,
  },
  "ask-proxy": {},
  verify: {},
  prove: { Run: (v) => isText(v) && /^(tidy|build|vet|test|rehearse)$/.test(v) },
};

const command = {
  When: (v) => v === "before" || v === "after",
  Step: (v) => commandSteps.some((step) => step === v),
  // What a file could not say no plan may: a shell would read on behind a NUL, or never.
  Run: (v) => isText(v) && v.trim() !== "" && !holdsControl(v),
} satisfies Record<string, Test>;

/** What is agreed to is all that a command is. */
const isCommand: Test = (v) =>
  record(command)(v) && Object.keys(v as Fields).every((name) => Object.hasOwn(command, name));

/** Why a value does not have the shape of a plan; null when it has. */
function faultOfPlan(value: unknown): string | null {
  if (!isObject(value)) return "it is no JSON object";
  if (value.Format !== 1) return "its Format is not 1";
  const { Releases, Base, Steps, Problems, Commands } = value;
  if (!Array.isArray(Releases) || Releases.length === 0) return "it has no release";
  for (const one of Releases as unknown[]) {
    const inRelease = isObject(one) ? wrongIn(one, release) : "Module";
    if (inRelease !== undefined) return `its release has no valid ${inRelease}`;
  }
  const inBase = isObject(Base) ? wrongIn(Base, base) : "Commit";
  if (inBase !== undefined) return `its Base has no valid ${inBase}`;
  if (!listOf(isProblem)(Problems)) return "its Problems are not readable";
  if (Commands !== undefined && !(listOf(isCommand)(Commands) && (Commands as unknown[]).length)) {
    return "its Commands are none of .gorel.toml";
  }
  if (!Array.isArray(Steps)) return "it has no Steps";
  const ids = new Set<unknown>();
  for (const step of Steps as unknown[]) {
    if (!isObject(step) || !isId(step.Id) || ids.has(step.Id)) {
      return "a step has no name of its own";
    }
    ids.add(step.Id);
    const does = isText(step.Do) && Object.hasOwn(stepFields, step.Do) ? step.Do : null;
    const fields = does === null ? null : stepFields[does as Step["Do"]];
    if (fields === null) return `the step ${step.Id} is of a kind that this gorel does not know`;
    const wrong = wrongIn(step, fields);
    if (wrong !== undefined) return `the step ${step.Id} has no valid ${wrong}`;
  }
  return null;
}
