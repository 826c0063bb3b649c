/** The modules of the repository in words: versions, what is unreleased, why one is due or not. */
import type { Mark } from "../../../cli/style.ts";
import { statusDocument } from "../../../cli/documents.ts";
import type { StatusDocument } from "../../../cli/answer.ts";
import type { Facts } from "../../../facts/types.ts";
import { clean, count } from "../../../text.ts";
import type { Model } from "../../model.ts";
import type { Row } from "../../screen.ts";
import { because } from "../home/actions.ts";
import type { ModulesScreen } from "../modules.ts";
import { type Sibling, siblingsOf } from "../train/due.ts";
import { shortName } from "../train/rows.ts";

export type Status = StatusDocument["Modules"][number];

const made = new WeakMap<Facts, Status[]>();

/** The state of every module, in the order of the facts. */
export function statuses({ Facts }: Model): readonly Status[] {
  if (!Facts) return [];
  const found = made.get(Facts) ?? statusDocument(Facts).Modules;
  made.set(Facts, found);
  return found;
}

/** `4 commits · 6 files`, `nothing unreleased`, or "" while it is not known. */
export function unreleased({ Unreleased }: Status): string {
  if (!Unreleased) return "";
  const { Commits, Files } = Unreleased;
  if (Commits === 0 && Files === 0) return "nothing unreleased";
  return `${count(Commits, "commit")} · ${count(Files, "file")}`;
}

/** One row a module for plain questions. */
export function moduleRows(model: Model, { Marked }: ModulesScreen): Row[] {
  const siblings = siblingsOf(model);
  return statuses(model).map((status, i) => {
    const { Path, Dir, Base, Highest, Retracted } = status;
    const sibling = siblings[i];
    const parts = [
      Dir === "" ? "at the root" : `in ${clean(Dir)}`,
      Base !== undefined
        ? clean(Base)
        : Highest === undefined
        ? "no version yet"
        : `${clean(Highest)} elsewhere`,
      unreleased(status),
      sibling?.Due ? dueWords(sibling)[1] : "",
      Retracted.length === 0 ? "" : `${Retracted.length} retracted`,
    ];
    const box = Marked.length === 0 ? "" : Marked.includes(Dir) ? "[x] " : "[ ] ";
    return { Label: box + clean(Path), Detail: parts.filter((p) => p !== "").join(", ") };
  });
}

/** Why a module is due, with its advised version; why not, if it is not. */
export function dueWords(sibling: Sibling): [Mark, string] {
  const { Nothing, Follows, Due, Advice, Module, Version = "" } = sibling;
  if (!Due) return ["·", `not due: ${clean(Nothing ?? "nothing to release")}`];
  const follows = Follows.length === 0
    ? ""
    : `requires ${Follows.slice(0, 3).map(shortName).join(", ")}${
      Follows.length > 3 ? " and others" : ""
    }, which ${Follows.length === 1 ? "is" : "are"} due`;
  const own = Nothing === null ? because(Advice, Module) : "nothing changed";
  return ["●", clean(`${Version}: ${[own, follows].filter((w) => w !== "").join("; ")}`)];
}
