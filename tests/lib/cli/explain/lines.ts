/** What holds for every text that explains something. */
import assert from "node:assert/strict";

/** Sentences that end, words without markup, example lines of at most 72 columns. */
export function well(name: string, text: readonly string[], example: readonly string[]): void {
  for (const paragraph of text) {
    assert.match(paragraph, /^\S.*[^.]\.$/, `${name}: ${paragraph}`);
    assert.doesNotMatch(paragraph, /[\t\n`]| {2}/, `${name}: ${paragraph}`);
  }
  for (const line of example) {
    assert.ok([...line].length <= 72, `${name}: ${line}`);
    assert.doesNotMatch(line, /\t| $/, `${name}: ${line}`);
  }
}

/** The command lines of gorel in an example, without the program's name. */
export function gorelLines(example: readonly string[]): string[][] {
  return example.filter((line) => line.startsWith("$ "))
    .map((line) => line.slice(2).replace(/ +# .*$/, ""))
    .flatMap((line) => line.split(" && "))
    .map((line) => line.match(/(?:[^\s"]|"[^"]*")+/g)!.map((word) => word.replaceAll('"', "")))
    .map((words) => words.slice(words.findIndex((word) => !/^[A-Z]+=/.test(word))))
    .filter(([program]) => program === "gorel")
    .map(([, ...argv]) => argv);
}
