/** Reading a plan that comes from a file or a journal: nothing in it is believed unseen. */
import { isCode, type Problem, problem, Refused } from "../problem.ts";
import type { Plan, Step } from "../plan/types.ts";

const oid = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const id = /^[a-z][a-z0-9-]*$/;

/** Reads a plan. Refused with one sentence when it is none, or one of another gorel. */
export function parsePlan(value: unknown): Plan {
  const wrong = (what: string): never => {
    throw new Refused([planInvalid(`This is not a plan of gorel: ${what}.`)]);
  };
  const isObject = (v: unknown): v is Record<string, unknown> =>
    typeof v === "object" && v !== null && !Array.isArray(v);
  if (!isObject(value)) return wrong("it is no JSON object");
  if (value.Format !== 1) return wrong(`its Format is ${JSON.stringify(value.Format)}, not 1`);
  const { Releases, Base, Steps, Problems } = value;
  if (!Array.isArray(Releases) || Releases.length !== 1) return wrong("it has no single release");
  const release: unknown = Releases[0];
  if (
    !isObject(release) || !isObject(release.Expect) ||
    !["Module", "Dir", "Version", "TagName", "Tree"].every((k) => typeof release[k] === "string") ||
    !["Sum", "GoModSum"].every((k) => /^h1:/.test(String((release.Expect as typeof release)[k])))
  ) return wrong("its release is not complete");
  if (!isObject(Base) || !oid.test(String(Base.Commit)) || !oid.test(String(Base.Tree))) {
    return wrong("its Base names no commit");
  }
  if (
    !Array.isArray(Problems) ||
    !Problems.every((p) => isObject(p) && isCode(String(p.Code)) && typeof p.Text === "string")
  ) return wrong("its Problems are not readable");
  if (!Array.isArray(Steps)) return wrong("it has no Steps");
  const ids = new Set<string>();
  for (const step of Steps) {
    if (!isObject(step) || !id.test(String(step.Id)) || ids.has(String(step.Id))) {
      return wrong("a step has no name of its own");
    }
    ids.add(String(step.Id));
    const fault = faultOf(step);
    if (fault) return wrong(`the step ${step.Id} ${fault}`);
  }
  for (const step of Steps as Step[]) {
    for (const ref of referred(step)) {
      if (!oid.test(ref) && !ids.has(ref)) {
        return wrong(`${step.Id} refers to ${ref}, which is nothing`);
      }
    }
  }
  return value as unknown as Plan;
}

/** The plan itself is wrong, whatever the world looks like. */
export function planInvalid(text: string): Problem {
  return problem("plan-invalid", text, { fix: "gorel plan WORDS… -o FILE makes a new one" });
}

function referred(step: Step): string[] {
  if (step.Do === "write") return [step.In];
  if (step.Do === "commit") return step.Parents;
  if (step.Do === "branch") return [step.To];
  if (step.Do === "tag") return [step.Of];
  return step.Do === "push" ? step.Refs.map((r) => r.To) : [];
}

const isText = (v: unknown) => typeof v === "string";
const isOid = (v: unknown) => isText(v) && oid.test(v as string);
const isOidOrNull = (v: unknown) => v === null || isOid(v);
/** A ref name part: nothing that git would read as an option or a revision. */
const isName = (v: unknown) =>
  // deno-lint-ignore no-control-regex
  isText(v) && /^[^-\x00-\x20~^:?*[\\\x7f][^\x00-\x20~^:?*[\\\x7f]*$/.test(v as string) &&
  !/\.\.|@\{|\/\/|\.lock(\/|$)|\/$|\.$/.test(v as string);

function faultOf(step: Record<string, unknown>): string | null {
  const bad = (...fields: string[]) => `has no valid ${fields.join(", ")}`;
  switch (step.Do) {
    case "write":
      if (
        !isText(step.File) || !isText(step.In) || !/^100(644|755)$|^120000$/.test(String(step.Mode))
      ) {
        return bad("File", "In", "Mode");
      }
      return isOidOrNull(step.Before) && isOidOrNull(step.After) ? null : bad("Before", "After");
    case "commit":
      return Array.isArray(step.Parents) && step.Parents.every(isOid) && isOid(step.Tree) &&
          isText(step.Message)
        ? null
        : bad("Parents", "Tree", "Message");
    case "branch":
      return isName(step.Name) && isOid(step.From) && isText(step.To)
        ? null
        : bad("Name", "From", "To");
    case "tag":
      return isName(step.Name) && isText(step.Of) && isText(step.Message)
        ? null
        : bad("Name", "Of", "Message");
    case "push":
      return isText(step.Remote) && !String(step.Remote).startsWith("-") &&
          Array.isArray(step.Refs) &&
          step.Refs.every((r) =>
            isName(r?.Name) && String(r.Name).startsWith("refs/") && isOidOrNull(r.From) &&
            isText(r.To)
          )
        ? null
        : bad("Remote", "Refs");
    case "line":
    case "ask-proxy":
    case "verify":
      return null;
    default:
      return `does ${JSON.stringify(step.Do)}, which this gorel does not know`;
  }
}
