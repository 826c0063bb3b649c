/** `gorel man`: the manual page. */
import type { Answer } from "../lib/cli/answer.ts";
import { page } from "../lib/cli/man/page.ts";

/** Prints the page as `man` reads it. */
export function run(): Promise<Answer> {
  return Promise.resolve({ Kind: "text", Text: page() });
}
