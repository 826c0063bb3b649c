/** The changed files as the list shows them, and in words. */
import { owns } from "../../../facts/modules.ts";
import { clean, count } from "../../../text.ts";
import type { ChangedFile, Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { IncludeScreen } from "../include.ts";

/** What including means. */
export const nature = [
  "What is marked goes into the release commit as it lies in the work tree, staged or not. What " +
  "is left out stays as it is, and is not in the release.",
  "Nothing is written before the version is typed; gorel undo gives files and index back.",
];

/** Reports whether the file is one of the module's. */
export function isOurs(model: Model, { Path }: ChangedFile): boolean {
  const module = moduleOf(model);
  return module !== undefined && owns(module, Path);
}

/** The module's files first, those that git has before those that it does not know. */
export function filesOf(model: Model, { Files = [] }: IncludeScreen): readonly ChangedFile[] {
  const order = (file: ChangedFile) =>
    Number(!isOurs(model, file)) * 2 + Number(file.How === "new");
  return Files.toSorted((a, b) => order(a) - order(b) || (a.Path < b.Path ? -1 : 1));
}

/** Why a file cannot go in. */
export function off({ How }: ChangedFile): string | undefined {
  switch (How) {
    case "repository":
      return "it is a repository of its own";
    case "forgotten":
      return "it is not in the index any more, but lies here: git add it, or delete it";
    default:
      return undefined;
  }
}

/** `[x]`, `[ ]`; `[·]` where it cannot be marked. */
export function boxOf({ Marked }: IncludeScreen, file: ChangedFile): string {
  if (off(file) !== undefined) return "[·]";
  return Marked.includes(file.Path) ? "[x]" : "[ ]";
}

const words: Readonly<Record<ChangedFile["How"], string>> = {
  modified: "changed",
  added: "added",
  new: "not in git",
  deleted: "deleted",
  forgotten: "not in the index",
  repository: "repository",
};

/** `changed +3 -1`, `not in git, binary`, `deleted, outside of the module`. */
export function fileWords(model: Model, file: ChangedFile): string {
  const { How, Binary, Plus, Minus } = file;
  const lines = [
    ...(Plus ? [`+${Plus}`] : []),
    ...(Minus ? [`-${Minus}`] : []),
  ].join(" ");
  return [
    [words[How], lines].filter((text) => text !== "").join(" "),
    ...(Binary ? ["binary"] : []),
    ...(moduleOf(model) && !isOurs(model, file) ? ["outside of the module"] : []),
  ].join(", ");
}

/** How many of the files go in. */
export function countWords({ Files, Marked }: IncludeScreen): string {
  return Files ? `${Marked.length} of ${count(Files.length, "file")}` : "";
}

/** What plain questions say before the list. */
export function tellInclude(model: Model, screen: IncludeScreen): readonly string[] {
  if (!screen.Files) return ["Asking git what is not committed."];
  if (screen.Files.length === 0) return ["Nothing is changed: there is nothing to include."];
  const marked = filesOf(model, screen).filter((f) => screen.Marked.includes(f.Path));
  return [
    ...nature,
    ...(marked.length === 0
      ? ["Nothing is marked: the release holds what is committed."]
      : marked.map((f) => `Goes in: ${clean(f.Path)} (${fileWords(model, f)})`)),
    "A number marks its file, or takes the mark away; n goes on.",
  ];
}
