/** The words that a train can go by, and what each would give. */
import { count } from "../../../text.ts";
import type { Model } from "../../model.ts";
import type { Row } from "../../screen.ts";
import type { TrainScreen } from "../train.ts";
import { preOf } from "../version/advice.ts";
import { type Coming, comingOf } from "./coming.ts";

export type TrainWord = "auto" | "patch" | "minor" | "major" | "prerelease";

/** In the order of the screen. */
export const trainWords: readonly TrainWord[] = ["auto", "patch", "minor", "major", "prerelease"];

/** While there are no facts. */
export const stillAsking = "Not yet: the repository is being read.";

const labels: Readonly<Record<TrainWord, string>> = {
  auto: "advised",
  patch: "patch",
  minor: "minor",
  major: "major",
  prerelease: "pre",
};

/** The coming train of a screen, by one of the words. */
export function comingBy(model: Model, { Dirs }: TrainScreen, word: TrainWord): readonly Coming[] {
  return comingOf(model, Dirs, word, word === "prerelease" ? preOf(model) : undefined);
}

/** The words, then what is done with the replacements that are dropped. */
export function trainRows(model: Model, screen: TrainScreen): Row[] {
  const words = trainWords.map((word): Row => {
    const coming = comingBy(model, screen, word);
    const stopped = coming.find((c) => c.Off !== undefined);
    const Off = stopped && `${nameOf(stopped)}: ${stopped.Off}`;
    return {
      Label: labels[word],
      ...(Off === undefined ? { Detail: detailOf(word, coming) } : { Off }),
    };
  });
  const drops = comingBy(model, screen, screen.Word).reduce((sum, c) => sum + c.Drops.length, 0);
  const said = drops === 0
    ? "none is dropped"
    : `${count(drops, "dropped replacement")} ${drops === 1 ? "comes" : "come"} back`;
  return [...words, {
    Label: `${screen.Restore ? "[x]" : "[ ]"} afterwards`,
    Detail: `${said}${drops === 0 ? "" : " in a second commit"}`,
  }];
}

function detailOf(word: TrainWord, coming: readonly Coming[]): string {
  if (word === "auto") {
    const n = (bump: Coming["Advised"]) => coming.filter((c) => c.Advised === bump).length;
    const parts = [
      ...(n("major") > 0 ? [count(n("major"), "major")] : []),
      ...(n("minor") > 0 ? [count(n("minor"), "minor")] : []),
      ...(n("patch") > 0 ? [count(n("patch"), "patch", "patches")] : []),
    ];
    return `each its own: ${parts.join(", ")}`;
  }
  const against = coming.filter((c) => says(word, c.Advised));
  if (against.length === 0) return coming.map((c) => c.Version ?? "").slice(0, 4).join(", ");
  const [first, ...others] = against;
  return others.length === 0
    ? `but ${nameOf(first!)} asks for a ${first!.Advised}`
    : `but ${nameOf(first!)} and ${count(others.length, "other")} ask for more`;
}

/** Reports whether the word promises more than a module's changes keep. */
function says(word: TrainWord, advised: Coming["Advised"]): boolean {
  if (word === "patch") return advised !== "patch";
  return word === "minor" && advised === "major";
}

/** A module as short as it can be told from its siblings: its folder, or the end of its path. */
export function nameOf({ Sibling: { Module } }: Coming): string {
  return shortName(Module);
}

/** The same of anything that has a place and a path. */
export function shortName({ Dir, Path }: { readonly Dir: string; readonly Path: string }): string {
  return Dir !== "" ? Dir : Path.split("/").findLast((e) => !/^v\d+$/.test(e)) ?? Path;
}
