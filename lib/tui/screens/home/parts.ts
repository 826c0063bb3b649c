/** What the meaning of a row is made of. */

/** One piece of a meaning; its texts may hold words from the repository. */
export type Part =
  | { readonly Is: "head"; readonly Text: string }
  | { readonly Is: "says"; readonly Text: string }
  | { readonly Is: "item"; readonly Sign: "+" | "!" | "·"; readonly Text: string }
  | { readonly Is: "step"; readonly Name: string; readonly Text: string }
  | { readonly Is: "line" }
  | { readonly Is: "gap" };

/** A title and its parts; what is drawn on the screen is said in plain mode too. */
export interface Meaning {
  readonly Title: string;
  readonly Parts: readonly Part[];
}

/** A heading, after a gap. */
export const head = (Text: string): Part[] => [{ Is: "gap" }, { Is: "head", Text }];

/** A sentence. */
export const says = (Text: string): Part => ({ Is: "says", Text });

/** A step by its name. */
export const step = (Name: string, Text: string): Part => ({ Is: "step", Name, Text });
