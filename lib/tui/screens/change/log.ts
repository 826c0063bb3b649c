/** The commits since the last release, newest first. */
import { known, type ModuleFacts } from "../../../facts/types.ts";
import type { Commit } from "../../../git/log.ts";
import { count } from "../../../text.ts";
import { foreign, leftRight, type Line, line, own } from "../../line.ts";
import type { Model } from "../../model.ts";
import { say } from "../version/say.ts";
import { age } from "../../widgets/bar.ts";

/** The commits since the last release; none while they are not known. */
export function commitsOf(module: ModuleFacts | undefined): readonly Commit[] {
  return module ? known(module.Commits)?.Commits ?? [] : [];
}

/** "2 commits · 3 files since v1.4.2", or why that is not known. */
export function sinceText(module: ModuleFacts): string {
  const base = module.Base?.Version;
  const since = base === undefined ? "" : ` since ${base}`;
  if (module.Commits.State !== "known") return `commits${since}: ${module.Commits.Why}`;
  const { Commits, Files } = module.Commits.Value;
  return `${count(Commits.length, "commit")} · ${count(Files.length, "file")}${since}`;
}

/** "2 commits since v1.4.2", for the title. */
export function sinceShort(module: ModuleFacts): string {
  if (module.Commits.State !== "known") return "";
  const n = count(module.Commits.Value.Commits.length, "commit");
  return module.Base ? `${n} since ${module.Base.Version}` : n;
}

/** The commits from `top`: id, subject, and at the right who and how long ago. */
export function logLines(
  model: Model,
  module: ModuleFacts,
  columns: number,
  top: number,
  room: number,
): Line[] {
  const { Style } = model;
  const commits = commitsOf(module);
  if (commits.length === 0) return say(Style, `No ${sinceText(module)}.`, columns - 2);
  const at = Math.max(0, Math.min(top, commits.length - room));
  return commits.slice(at, at + Math.max(0, room)).map((commit) => {
    const who = columns < 60
      ? []
      : line(Style, foreign(Style, commit.AuthorName.slice(0, 16), "quiet"), "  ", {
        ...own(Style, age(commit.Time, model.Now / 1000).padStart(10)),
        Role: "quiet",
      });
    return leftRight(
      Style,
      line(
        Style,
        "  ",
        own(Style, commit.Oid.slice(0, 7), "quiet"),
        "  ",
        foreign(Style, commit.Subject),
      ),
      who,
      columns - 1,
    );
  });
}
