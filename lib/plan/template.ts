/** Message templates of `.gorel.toml`. */
import { templateWords } from "../config/keys.ts";
import { cleanedUp } from "./message.ts";

/** What the words of a template stand for. */
export type TemplateValues = Readonly<Record<(typeof templateWords)[number], string>>;

/** Every word in braces at once: what one of them stands for is no template itself. */
const words = new RegExp(`\\{(${templateWords.join("|")})\\}`, "g");

/**
 * The message that a template gives, cleaned up as git does; undefined where there is none, or
 * nothing is left of it: no commit and no tag goes without a message.
 */
export function filledTemplate(
  template: string | undefined,
  values: TemplateValues,
): string | undefined {
  if (template === undefined) return undefined;
  const message = cleanedUp(
    template.replace(words, (_, word: keyof TemplateValues) => values[word]),
  );
  return message === "\n" ? undefined : message;
}
