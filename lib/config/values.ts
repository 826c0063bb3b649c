/** The values of `.gorel.toml` by the kind of their key: what is read, and what is wrong. */
import { isBranchName } from "../git/names.ts";
import { shown } from "../text.ts";
import type { Setting } from "./file.ts";
import { type KeyRow, templateWords } from "./keys.ts";
import type { Place, Value } from "./toml.ts";
import { holdsControl, milliseconds, seriesTrouble } from "./words.ts";

/** Says what is wrong at a place, and the way out; a text that takes long is made once it is shown. */
export type Wrong = (at: Place, text: string | (() => string), fix?: string) => void;

/** The type of a value in a sentence, in TOML's words. */
export function typeOf({ Kind }: Value): string {
  return `${/^[aio]/.test(Kind) ? "an" : "a"} ${Kind}`;
}

/** What a key with a value of its own says; undefined once it was told what is wrong. */
export function readValue(
  key: string,
  row: KeyRow,
  value: Value,
  wrong: Wrong,
): Setting["Value"] | undefined {
  const type = typeOf(value);
  switch (row.kind) {
    case "boolean":
      if (value.Kind === "boolean") return value.Truth;
      wrong(value.At, `${key} is true or false, not ${type}`);
      return undefined;
    case "duration":
      return durationOf(key, value, wrong);
    case "texts":
      return textsOf(key, value, wrong);
    case "text":
    case "template": {
      if (value.Kind !== "string") wrong(value.At, `${key} is a string, not ${type}`);
      else {
        const trouble = textTrouble(key, row, value.Text);
        if (trouble === undefined) return value.Text;
        wrong(value.At, trouble);
      }
      return undefined;
    }
  }
}

function durationOf(key: string, value: Value, wrong: Wrong): string | false | undefined {
  const form = `write "5m" or "1h30m", or false for no waiting`;
  if (value.Kind === "boolean" && !value.Truth) return false;
  if (value.Kind !== "string") {
    const is = value.Kind === "boolean" ? "true" : typeOf(value);
    wrong(value.At, `${key} is a duration, not ${is}; ${form}`);
    return undefined;
  }
  const read = milliseconds(value.Text);
  if (typeof read === "number") return value.Text;
  const text = shown(value.Text);
  wrong(
    value.At,
    read === "none" ? `${key} ${text} is not a duration; ${form}` : `${key} ${text} is longer ` +
      "than a week",
  );
  return undefined;
}

function textsOf(key: string, value: Value, wrong: Wrong): string[] | undefined {
  if (value.Kind !== "array") {
    wrong(value.At, `${key} is an array of strings, not ${typeOf(value)}: ["…"]`);
    return undefined;
  }
  const items = value.Items();
  if (items.length === 0 && key === "branches") {
    wrong(value.At, `${key} is empty, so that no branch could be released from; leave it out`);
    return undefined;
  }
  const texts = items.flatMap((item) => {
    if (item.Kind !== "string") {
      wrong(item.At, `${key} is an array of strings, and this is ${typeOf(item)}`);
      return [];
    }
    const trouble = memberTrouble(key, item.Text);
    if (trouble === undefined) return [item.Text];
    wrong(item.At, trouble);
    return [];
  });
  return texts.length === items.length ? texts : undefined;
}

function memberTrouble(key: string, text: string): string | undefined {
  if (text.trim() === "") return `${key} holds an empty string`;
  if (key === "branches") {
    return isBranchName(text.replaceAll("*", "x"))
      ? undefined
      : `${shown(text)} is not the name of a branch; main, or release-* for any that begin so`;
  }
  return /^[\/\\~]|^[a-z]:|(?:^|[\/\\])\.\.(?:[\/\\]|$)/i.test(text)
    ? `${shown(text)} is no path from the repository's root`
    : undefined;
}

function textTrouble(key: string, row: KeyRow, text: string): string | undefined {
  if (text.trim() === "") return `${key} is empty`;
  if (row.of && !row.of.includes(text)) {
    return `${key} ${shown(text)} is not ${row.of.join(" or ")}`;
  }
  if (row.kind === "template") return templateTrouble(key, text);
  if (key === "pre") {
    const trouble = seriesTrouble(text);
    return trouble && `${key} ${shown(text)} ${trouble}`;
  }
  if (key === "remote" && !isBranchName(text)) {
    return `${key} ${shown(text)} is not the name of a remote; a URL or a path stands in git's ` +
      "configuration (git remote add)";
  }
  return undefined;
}

function templateTrouble(key: string, text: string): string | undefined {
  if (holdsControl(text)) return `${key} holds a control character`;
  const known = templateWords.map((word) => `{${word}}`);
  const strange = [...text.matchAll(/\{\s*(?:[\p{L}\d_-]+\s*)?\}/gu)].map(([word]) => word)
    .find((word) => !known.includes(word));
  return strange === undefined
    ? undefined
    : `${key}: nothing stands for ${shown(strange)}; there is ${known.join(", ")}`;
}
