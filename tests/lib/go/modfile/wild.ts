/** Random go.mod texts of which half are broken: odd words, and valid texts with bytes, words and lines changed. */
import { encode } from "../../../../lib/text.ts";
import type { Random } from "../../../support/random.ts";
import { goMod } from "./generate.ts";

const verbs = [
  ..."module go toolchain godebug require exclude replace retract tool ignore".split(" "),
  "use",
  "unknown",
  "Require",
];

const paths = [
  ..."example.com/a example.com/a/v2 example.com/b/v3 gopkg.in/y.v2 gopkg.in/y.v1-unstable gopkg.in/y"
    .split(" "),
  ..."example.com/x/v1 example.com/x/v02 m golang.org/x/mod example.com//c /abs . .. ./d ../d .\\w C:\\x"
    .split(" "),
  ...'"example.com/a" "./a b" "a\\x41" "a\\xff" "\\u00e9" "" "\\" "a\\\nb" `raw` \'s\' a"b x@v1.0.0 ./x@v1'
    .split(/ (?!b")/),
  "é/ü",
  "\u{1f600}",
  "\ufffd",
];

const versions = [
  ..."v1.0.0 v1.1.0 v2.0.0 v3.1.0 v2.0.0+incompatible v1.2.0+incompatible v1.0.0+meta v1.0 v1 v01.0.0"
    .split(" "),
  ..."v1.0.0-rc.1 v0.0.0-20240102030405-abcdefabcdef v1.0.1-0.20240102030405-abcdefabcdef master 1.0.0"
    .split(" "),
  ...'"v1.0.0" "v1.0.0 v1.0.0" latest v1.0.0-é'.split(/ (?!v1.0.0")/),
];

const others = [
  ..."=> => , [ ] ( ) { } ( ( ) 1.21 1.21rc2 1.021 v1.21 1.21-custom 2.0 1 go1.21.0 go1 default local go2.0"
    .split(" "),
  ..."a=b a=b,c a= =b // //indirect /* */ /** x//y // Deprecated:".split(" "),
  '"a=b"',
];

const bytes = [
  ...[0x00, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x22, 0x27, 0x28, 0x29, 0x2a, 0x2c, 0x2f, 0x5c],
  ...[0x60, 0x7f, 0x80, 0x85, 0xa0, 0xbf, 0xc3, 0xe2, 0xef, 0xbb, 0xbf, 0xed, 0xf0, 0xff],
];

/** A word of any kind. */
function word(random: Random): string {
  return random.pick(random.pick([verbs, paths, versions, others]));
}

/** Lines and blocks of all verbs, with right and wrong words, in any number and order. */
function directives(random: Random): string {
  const tame = random.chance(0.5);
  const path = () => random.pick(tame ? paths.slice(0, 4) : paths);
  const version = () => random.pick(tame ? versions.slice(0, 2) : versions);
  const arguments_: Readonly<Record<string, () => string>> = {
    module: path,
    go: () => random.pick(["1.21", "1.21.0", "1.20", random.pick(others)]),
    toolchain: () => random.pick(["go1.21.0", "default", random.pick(others)]),
    godebug: () => random.pick(["a=b", "c=d", random.pick(others)]),
    require: () => `${path()} ${version()}`,
    exclude: () => `${path()} ${version()}`,
    replace: () =>
      path() + random.pick(["", " " + version()]) + " => " + path() +
      random.pick(["", " " + version()]),
    retract: () => random.pick([version(), `[${version()}, ${version()}]`, `[${version()}`]),
    tool: path,
    ignore: path,
  };
  const beside = () => random.pick(["", "", "", " // indirect", " // indirect; x", " // c", "//"]);
  const entry = (verb: string) =>
    random.chance(0.93)
      ? (arguments_[verb] ?? path)()
      : Array.from({ length: random.int(0, 6) }, () => word(random)).join(random.pick([" ", ""]));
  // Few verbs in one file, so that what is the same meets.
  const some = random.chance(0.5) ? random.shuffle(verbs).slice(0, 2) : verbs;
  const statement = () => {
    const verb = random.pick(some);
    if (random.chance(0.1)) return `${verb} ()${beside()}\n`;
    if (random.chance(0.6)) return `${verb} ${entry(verb)}${beside()}\n`;
    const lines = Array.from(
      { length: random.int(0, 3) },
      () => random.pick(["", "", "", "\n", "// c\n", "\n// d\n"]) + `\t${entry(verb)}${beside()}\n`,
    );
    const head = random.chance(0.05) ? " " + word(random) : "";
    const close = random.chance(0.05) ? random.pick(["", ") x", ") // c", "))"]) : ")";
    return `${verb}${head} (${beside()}\n${lines.join("")}${close}\n`;
  };
  return Array.from(
    { length: random.int(1, 5) },
    () => random.pick(["", "", "\n", "// c\n", "// c\n\n"]) + statement(),
  ).join("");
}

/** A line or a word of a text taken out, put elsewhere, doubled or replaced. */
function mutateText(random: Random, text: string): string {
  const parts = text.split(random.chance(0.5) ? /(?<=\n)/ : /(?<=[ \t\n])/);
  const at = random.int(0, parts.length - 1);
  const [part = ""] = parts.splice(at, random.chance(0.7) ? 1 : 0);
  const elsewhere = random.int(0, parts.length);
  const fresh = random.chance(0.5) ? part : word(random) + random.pick([" ", "\n", ""]);
  if (random.chance(0.7)) parts.splice(random.chance(0.6) ? at : elsewhere, 0, fresh);
  return parts.join("");
}

/** A byte of a text taken out, added or changed. */
function mutateBytes(random: Random, text: Uint8Array): Uint8Array {
  const at = random.int(0, text.length);
  const to = at + random.int(0, 1);
  const fresh = random.chance(0.7) ? [random.pick(bytes)] : [];
  return new Uint8Array([...text.subarray(0, at), ...fresh, ...text.subarray(to)]);
}

/** A random go.mod file, valid or broken. */
export function wild(random: Random): Uint8Array {
  let text = random.chance(0.6) ? goMod(random) : directives(random);
  for (let i = random.pick([0, 0, 1, 2]); i > 0; i--) text = mutateText(random, text);
  let out: Uint8Array = encode(text);
  for (let i = random.pick([0, 0, 0, 1, 2]); i > 0; i--) out = mutateBytes(random, out);
  return out;
}

/** A valid go.mod file with lines and blocks of requirements, direct, indirect and both, few with comments. */
export function requirements(random: Random): string {
  const rare = (text: string) => random.chance(0.08) ? text : "";
  const letters = random.shuffle([..."abcdefghij"]);
  const mixed = random.pick([0, 0, 0.5]);
  let text = "module example.com/m\n\n";
  const parts = random.pick([0, 1, 1, 2, 3, 4]);
  for (let i = 0; i < parts; i++) {
    const side = random.chance(0.5);
    const entry = () => {
      const path = `example.com/${random.chance(0.05) ? "a" : letters.pop() ?? "k"}`;
      const indirect = random.chance(mixed) ? !side : side;
      const beside = indirect ? random.pick([" // indirect", "//indirect"]) : "";
      return `${path} v1.${random.int(0, 3)}.0${beside}${rare(beside ? "; why" : " // why")}\n`;
    };
    text += rare("// about\n");
    if (random.chance(0.3)) text += `require ${entry()}\n`;
    else {
      const lines = Array.from({ length: random.int(0, 4) }, () => `${rare("\n")}\t${entry()}`);
      text += `require (${rare(" // open")}\n${lines.join("")}${rare("// end\n")})\n\n`;
    }
    text += rare("// free\n\n") + rare("tool example.com/t\n");
  }
  return text;
}
