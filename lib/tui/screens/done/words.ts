/** What a run came to, in words that hold under Go's rules (go-rules §8.2, §9, §10). */
import type { Mark } from "../../../cli/style.ts";
import { prerelease } from "../../../go/semver.ts";
import { intervalText } from "../../../cli/values.ts";
import { type Problem, stops } from "../../../problem.ts";
import { clean, some } from "../../../text.ts";
import { reachOf } from "../../exits.ts";
import type { Model, Run } from "../../model.ts";
import { isRung } from "../applying/steps.ts";
import { farWords, goGet, runName, subject } from "../../parting.ts";
import { isTrain, releasesOf } from "../../releases.ts";
import { deprecation, oldMajor } from "./old.ts";

/** The first sentence and its symbol; without the module where the title has to do. */
export function headline(model: Model, run: Run, short = false): [Mark, string] {
  const what = short && !isTrain(run) ? runName(model).Version : subject(model);
  const What = what.replace(/^the /, "The ");
  const { Outcome } = run;
  if (!Outcome) {
    const went = run.Of === "undo"
      ? "taking back"
      : run.Of === "resume"
      ? "going on with"
      : "releasing";
    return reachOf(model) === "nothing"
      ? ["✗", `${What} was not begun: nothing was written.`]
      : ["✗", `Failed while ${went} ${what}. ${farWords(model)}`];
  }
  switch (Outcome.State) {
    case "published":
      return run.Steps.some((s) => isRung(s) && s.Do === "zip" && s.State === "skipped")
        ? [
          "✓",
          `${What} is out: the remote has ${
            isTrain(run) ? "all tags" : "its tag"
          }. No proxy was asked what it serves.`,
        ]
        : ["✓", `${What} is published.`];
    case "pushed":
      return isPending(run)
        ? ["!", `${What} is out, but not visible everywhere yet.`]
        : ["✓", `${What} is out: the remote has it.`];
    case "waiting-merge":
      return ["!", `${What} waits for a merge on the remote.`];
    case "local":
      return ["✓", `${What} is made here. Nothing has left this machine.`];
    case "undone":
      return ["✓", `${What} is taken back: refs, index and files are as they were.`];
    case "nothing":
      return ["·", "There is nothing to release."];
    case "stopped":
      return ["!", `The release of ${what} was stopped. ${farWords(model)}`];
    case "failed":
      return ["✗", `The release of ${what} failed. ${farWords(model)}`];
  }
}

/** Reports whether the release is pushed and its proof not complete. */
export function isPending({ Outcome }: Run): boolean {
  return Outcome?.State === "pushed" && Outcome.Problems.some((p) => p.Code === "not-yet");
}

/** Reports whether users can get the version: it is published, or at least on the remote. */
export function isServed({ Outcome }: Run): boolean {
  return Outcome?.State === "published" || Outcome?.State === "pushed";
}

/** What people type, of a train a line for each; a release that retracts itself is asked for by nobody. */
export function typed(model: Model, run: Run): string {
  return isSelf(model, run) ? `go get ${runName(model).Module}@latest` : goGet(model);
}

function isSelf({ Draft }: Model, run: Run): boolean {
  return run.Of === "apply" && Draft.Do === "retract" && Draft.Edit?.Self === true;
}

/** What users notice, and what they do not: nobody gets a version by itself. */
export function consequences(model: Model, run: Run): string[] {
  if (isTrain(run)) return ofTrain(run);
  const { Version } = runName(model);
  const { Expect, NewModule, Module: Old } = run.Plan?.Releases[0] ?? {};
  const latest = Expect?.Latest;
  const seen = run.Outcome?.State === "published";
  const after = seen ? "" : "As soon as the proxy lists it: ";
  const out: string[] = [];
  if (NewModule !== undefined) {
    out.push(
      `Nobody gets it by itself: users of ${
        clean(Old!)
      } stay where they are, also with go get -u, until they change their imports to ${
        clean(NewModule)
      }. A program may use both.`,
    );
    const old = oldMajor(run);
    if (old?.Keep !== undefined) {
      out.push(`To deprecate ${old.Major}: ${clean(deprecation(model, old))}`);
    }
  } else if (isSelf(model, run)) {
    out.push(
      `${after}@latest is ${
        latest ?? "nothing"
      }. ${Version} only carries the retraction and is retracted itself: nobody needs it.`,
    );
  } else if (latest === undefined ? prerelease(Version) !== "" : latest !== Version) {
    out.push(
      `Nobody gets it by itself: @latest ${
        latest === undefined ? "does not name it" : `stays ${latest}`
      }, so it has to be asked for by its name.`,
    );
  } else {
    out.push(
      `Nobody gets it by itself: builds take what go.mod asks for. go get -u, or @latest, moves a user to it${
        seen ? "" : " as soon as the proxy lists it"
      }.`,
    );
  }
  return [...out, ...edited(model, run)];
}

/** The same of several modules: who gets which by `@latest` is said of those that stand out only. */
function ofTrain(run: Run): string[] {
  const seen = run.Outcome?.State === "published";
  const expected = run.Plan?.Releases ?? [];
  const named = releasesOf(run).filter(({ Version }, i) =>
    expected[i] !== undefined && expected[i].Expect.Latest !== Version
  );
  const by = named.length === 0
    ? "moves a user to them"
    : `moves a user to all but ${some(named.map((r) => r.TagName))}`;
  return [
    `Nobody gets them by themselves: builds take what go.mod asks for. go get -u, or @latest, ${by}${
      seen ? "" : " as soon as the proxy lists them"
    }.`,
  ];
}

/** After an edit of go.mod: what those see who use what it is about. */
function edited({ Draft }: Model, run: Run): string[] {
  if (run.Of !== "apply" || !Draft.Edit) return [];
  if (Draft.Do === "deprecate") {
    return [
      "go get and go list -m -u now show the deprecation to everyone who asks. Builds go on as before.",
    ];
  }
  if (Draft.Do === "undeprecate") {
    return ["go get and go list -m -u no longer show a deprecation."];
  }
  if (Draft.Do === "unretract") {
    const back = (Draft.Edit.Unretract ?? []).map(intervalText).join(", ");
    return [
      `The retraction of ${back} is taken back: go get no longer warns, and version prefixes and upgrades may choose it again.`,
    ];
  }
  const names = (Draft.Edit.Retract ?? []).map(intervalText).join(", ");
  if (Draft.Do !== "retract" || names === "") return [];
  return [
    `Who uses ${names} keeps it: builds go on as before. go get warns with the reason, go list -m -u says (retracted), and only its own name still gives it.`,
  ];
}

/** The problems that belong to how it ended, not to the plan that was read before. */
export function endProblems(run: Run): Problem[] {
  const told = run.Outcome?.Problems ?? run.Failed?.Problems ?? [];
  const before = run.Plan?.Problems ?? [];
  return told.filter((p) =>
    (stops(p) || p.Code === "not-yet" || p.Code === "command-failed-behind") &&
    !before.some((b) => b.Code === p.Code && b.Text === p.Text)
  );
}
