/** What a run came to, in words that hold under Go's rules (go-rules §8.2, §9, §10). */
import type { Mark } from "../../../cli/style.ts";
import { prerelease } from "../../../go/semver.ts";
import { intervalText } from "../../../cli/values.ts";
import { type Problem, stops } from "../../../problem.ts";
import { reachOf } from "../../exits.ts";
import type { Model, Run } from "../../model.ts";
import { isRung } from "../applying/steps.ts";
import { farWords, runName } from "../../parting.ts";

/** The first sentence and its symbol; without the module where the title has to do. */
export function headline(model: Model, run: Run, short = false): [Mark, string] {
  const { Module, Version } = runName(model);
  const what = short ? Version : `${Module} ${Version}`.trim();
  const { Outcome } = run;
  if (!Outcome) {
    const went = run.Of === "undo"
      ? "taking back"
      : run.Of === "resume"
      ? "going on with"
      : "releasing";
    return reachOf(model) === "nothing"
      ? ["✗", `${what} was not begun: nothing was written.`]
      : ["✗", `Failed while ${went} ${what}. ${farWords(model)}`];
  }
  switch (Outcome.State) {
    case "published":
      return run.Steps.some((s) => isRung(s) && s.Do === "zip" && s.State === "skipped")
        ? ["✓", `${what} is out: the remote has its tag. No proxy was asked what it serves.`]
        : ["✓", `${what} is published.`];
    case "pushed":
      return isPending(run)
        ? ["!", `${what} is out, but not visible everywhere yet.`]
        : ["✓", `${what} is out: the remote has it.`];
    case "waiting-merge":
      return ["!", `${what} waits for a merge on the remote.`];
    case "local":
      return ["✓", `${what} is made here. Nothing has left this machine.`];
    case "undone":
      return ["✓", `${what} is taken back: refs, index and files are as they were.`];
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

/** What people type; a release that retracts itself is asked for by nobody. */
export function typed(model: Model, run: Run): string {
  const { Module, Version } = runName(model);
  return isSelf(model, run) ? `go get ${Module}@latest` : `go get ${Module}@${Version}`;
}

function isSelf({ Draft }: Model, run: Run): boolean {
  return run.Of === "apply" && Draft.Do === "retract" && Draft.Edit?.Self === true;
}

/** What users notice, and what they do not: nobody gets a version by itself. */
export function consequences(model: Model, run: Run): string[] {
  const { Version } = runName(model);
  const latest = run.Plan?.Releases[0]?.Expect.Latest;
  const seen = run.Outcome?.State === "published";
  const after = seen ? "" : "As soon as the proxy lists it: ";
  const out: string[] = [];
  if (isSelf(model, run)) {
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
    (stops(p) || p.Code === "not-yet") &&
    !before.some((b) => b.Code === p.Code && b.Text === p.Text)
  );
}
