/** The story that `gorel demo` tells: what happens, and why, for somebody who has never released a module. */
import { bad, modulePath } from "../../sandbox/sample.ts";
import type { Plan } from "../../plan/types.ts";
import { clean } from "../../text.ts";
import type { Progress } from "../answer.ts";
import { glyphs, markWidth, type Style } from "../style.ts";
import { noReturn, rule, text, widthOf, wrap } from "./layout.ts";
import { plan as planText } from "./plan.ts";
import { stepLine } from "./steps.ts";

/** The command that the demo carries out. */
export const command = `gorel retract ${bad.Version} --reason "${bad.Reason}"`;

function paragraph(words: string): string[] {
  return wrap(words).map((line) => "  " + line);
}

/** What happened before, and what is going to be done about it. */
export function opening(style: Style, coming: string): string {
  return glyphs(
    style,
    text([
      ...wrap(
        "gorel demo: a bad release is patched and retracted. All of it happens in a temporary " +
          "folder, with a remote and a module proxy of its own; nothing leaves this machine.",
      ),
      "",
      rule(style, "What happened"),
      ...paragraph(
        `${modulePath} is a small Go module, and ${bad.Version} of it is out. It has a bug:`,
      ),
      "",
      `      ${bad.Code[0]}`,
      `      ${bad.Code[1]!.replace("\t", "    ")}      panics when p is nil`,
      "",
      ...paragraph(
        `The fix is on main, with a test, but nobody has it: go get ${modulePath}@latest ` +
          `gives ${bad.Version}.`,
      ),
      "",
      rule(style, "What to do about it"),
      ...paragraph(
        "A version is for ever. Module proxies and the checksum database keep what they saw " +
          "first, and go stops with a security error where a tag was moved. So the tag " +
          `${bad.Version} stays, and the fix is released as ${coming}.`,
      ),
      "",
      ...paragraph(
        `${bad.Version} can be retracted: a line in go.mod tells go to pass over it, and to warn ` +
          "those who have it. Go reads that line from the highest version only, so it takes a " +
          "higher version to retract one. Here one release does both:",
      ),
      "",
      `      ${command}`,
      "",
    ]),
  );
}

/** The plan, and what its heavy line means. */
export function planned(style: Style, plan: Plan): string {
  return text([rule(style, "The plan"), ""]) + planText(plan, style) + glyphs(
    style,
    text([
      "",
      ...paragraph(
        "Up to the heavy line everything is on this machine and gorel undo takes it back. Below " +
          "it nothing can be taken back, so whatever can fail comes before it. The hashes are " +
          "those of a release that does not exist yet; the proof compares with them.",
      ),
      "",
    ]),
  );
}

/** The heading of what teller tells. */
export function beginning(style: Style): string {
  return glyphs(style, text([rule(style, "Carrying it out")]));
}

/** What a step means, where its name does not say it. */
const meaning: Readonly<Record<string, string>> = {
  "write": "go.mod: the retraction is new, every other byte stays",
  "tag": "an annotated tag gives the commit its version",
  "push": "branch and tag in one push: either both arrive or none",
  "info": "asked only now: a proxy remembers what it did not find",
  "mod": "the proxy's go.mod is the planned one",
  "zip": "the proxy's zip has the hash that was planned",
  "list": "the proxy lists the version",
  "latest": "and go chooses it",
};

/**
 * Tells the steps as they end, each once. `ask-proxy` and `verify` are told by the rungs of the
 * proof; the rung that looks for the tag on the remote is not the step that makes it.
 */
export function teller(style: Style): (step: Progress) => string {
  const told = new Set<string>();
  return (step) => {
    if (step.State === "begun" || step.State === "waiting" || told.has(step.Id)) return "";
    told.add(step.Id);
    if (step.Do === "ask-proxy" || step.Do === "verify") return "";
    if (step.Do === "line") return glyphs(style, noReturn(style)) + "\n";
    const [name = "", detail = ""] = stepLine(style, step);
    const good = step.State === "done" || step.State === "ok";
    const onRemote = step.Do === "tag" && step.State === "ok";
    const words = onRemote ? "the remote has it" : meaning[step.Do];
    const said = good && words !== undefined ? words : clean(detail);
    const gap = " ".repeat(Math.max(0, 20 + markWidth(style) - widthOf(name)));
    return glyphs(style, `  ${name}${gap}${said}`.trimEnd()) + "\n";
  };
}

/** What users of the module get now. `go` holds what the real program printed; absent without it. */
export interface Gets {
  Latest: string;
  Retracted: boolean;
  Go?: readonly { Command: string; Lines: readonly string[] }[];
}

/** What became of it all. */
export function ending(style: Style, gets: Gets): string {
  const lines = [
    "",
    rule(style, "What users get now"),
    `  go get ${modulePath}@latest   ${clean(gets.Latest)}`,
    `  go get ${modulePath}@${bad.Version}   ` +
    (gets.Retracted ? "still works, and warns with the reason" : "as before"),
    "",
    ...paragraph(
      "This is what gorel works out from what the proxy serves. " +
        (gets.Go
          ? "The go command of this machine, in a module of its own, says:"
          : "There is no go command here that could be asked too."),
    ),
  ];
  for (const { Command, Lines } of gets.Go ?? []) {
    lines.push("", `  $ ${Command}`, ...Lines.map((line) => `  ${line}`));
  }
  lines.push(
    "",
    ...wrap(
      "In a module of your own the same begins with gorel retract VERSION --reason TEXT; with " +
        "--dry-run it shows the plan and changes nothing.",
    ),
  );
  return glyphs(style, text(lines));
}

/** How a kept sandbox is looked at. `at` names its folder, quoted for a shell. */
export function keptText(at: string, go: boolean): string {
  return text([
    "",
    "The sandbox is kept. To look around in it:",
    "",
    `  cd ${at}/greet`,
    "  . ../env.sh",
    "  git log --oneline --graph",
    "  git show v1.0.1",
    ...(go ? [`  go list -m -versions ${modulePath}@latest`] : []),
    "",
    ...wrap(
      "env.sh makes git, go and gorel use the sandbox, in this shell only. The proxy stopped " +
        "with this program; what it served is in a folder now, and GOPROXY names it.",
    ),
    "",
    `To remove it: rm -rf ${at}`,
  ]);
}
