/** Random go.mod files that Go accepts: every directive, comments in every place, odd white space. */
import type { Random } from "../../../support/random.ts";

/** Few, so that what is asked for is often there already. */
export const versions = ["v1.0.0", "v1.0.1", "v1.1.0", "v1.2.0-rc.1", "v1.2.0", "v0.9.0"];

const words = ["broken", "see issue 7", "— ünsafe", "a // b", "Deprecated: no", "/* odd */", "x"];

/** A random closed interval; often a single version, sometimes reversed. */
export function interval(random: Random): { Low: string; High: string } {
  const Low = random.pick(versions);
  return { Low, High: random.chance(0.6) ? Low : random.pick(versions) };
}

/** A random go.mod file with at most one `module`, `go` and `toolchain`. */
export function goMod(random: Random): string {
  const eol = random.pick(["\n", "\n", "\r\n"]);
  const end = () => random.chance(0.03) ? random.pick(["\n", "\r\n"]) : eol;
  const blank = () => random.pick(["", "", "", "  ", "\t"]) + end();
  const comment = () => random.pick(["//", "// ", "//\t"]) + random.pick(["", ...words]);
  const beside = () => random.chance(0.2) ? random.pick([" ", "  ", "\t", ""]) + comment() : "";
  const indent = () => random.pick(["", "", "", "", "\t", "  "]);
  const above = () => {
    let text = "";
    for (let i = random.chance(0.4) ? random.int(1, 3) : 0; i > 0; i--) {
      text += indent() + comment() + end();
      if (random.chance(0.1)) text += blank();
    }
    return text;
  };
  const gap = () => {
    let text = "";
    for (let i = random.pick([0, 1, 1, 2]); i > 0; i--) text += blank();
    return text;
  };
  const quoted = (text: string) => random.chance(0.15) ? `"${text}"` : text;
  const line = (tokens: string) => above() + indent() + tokens + beside() + end();
  const block = (verb: string, entries: string[]) => {
    let text = above() + indent() + `${verb} (` + beside() + end();
    for (const entry of entries) {
      if (random.chance(0.2)) text += gap();
      if (random.chance(0.3)) text += above();
      text += random.pick(["\t", "\t", "", "  "]) + entry + beside() + end();
    }
    if (random.chance(0.15)) text += above();
    return text + ")" + beside() + end();
  };
  const either = (verb: string, entry: () => string) =>
    random.chance(0.5)
      ? line(`${verb} ${entry()}`)
      : block(verb, Array.from({ length: random.int(0, 4) }, entry));
  const path = () => quoted(`example.com/${random.pick(["a", "b", "c-d", "E"])}`);
  const version = () => quoted(random.pick(versions));
  const retracted = () => {
    const { Low, High } = interval(random);
    return Low === High && random.chance(0.8)
      ? quoted(Low)
      : random.pick([`[${Low}, ${High}]`, `[ ${Low} ,${High} ]`, `["${Low}","${High}"]`]);
  };

  const deprecated = () => {
    const lines = ["Deprecated: " + random.pick(words)];
    if (random.chance(0.4)) lines.unshift(random.pick(words), "");
    if (random.chance(0.4)) lines.push(...random.pick([["more"], ["", "tail"], [""]]));
    return lines.map((line) => indent() + `// ${line}`.trimEnd() + end()).join("");
  };
  const module = () => {
    const name = quoted("example.com/m");
    const own = random.chance(0.3) ? deprecated() : "";
    const text = random.chance(0.2) ? block("module", [own + name]) : line(`module ${name}`);
    return (random.chance(0.25) ? deprecated() : "") + text;
  };
  const others = [
    () => line("go 1.21"),
    () => line("toolchain go1.21.0"),
    () => either("godebug", () => random.pick(["panicnil=1", "x=y=z"])),
    () => either("require", () => `${path()} ${version()}${random.pick(["", " // indirect"])}`),
    () => either("exclude", () => `${path()} ${version()}`),
    () =>
      either(
        "replace",
        () =>
          `${path()} ${random.pick(["", version() + " "])}=> ${
            random.pick(["./x", `"../a b"`, "example.com/f v1.0.0"])
          }`,
      ),
    () => either("tool", path),
    () => either("ignore", () => random.pick(["./node_modules", quoted("static")])),
    () => line(comment()) + blank(),
  ].filter(() => random.chance(0.5));
  const retractions = Array.from(
    { length: random.pick([0, 1, 1, 2, 3]) },
    () => () => either("retract", retracted),
  );
  const statements = random.shuffle([module, ...others, ...retractions]);
  let text = statements.map((statement) => statement() + gap()).join("");
  if (random.chance(0.15)) text += comment() + end();
  if (random.chance(0.2)) text = text.replace(/(\r?\n)+$/, "");
  return text;
}

/** A reason as a maintainer may give it: one line or several, an empty one between, Unicode. */
export function reason(random: Random): string {
  const lines = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => random.pick(words));
  if (lines.length > 2) lines[1] = "";
  return lines.join("\n");
}

/** A deprecation's message: a reason without the empty line that would end it. */
export function message(random: Random): string {
  return reason(random).replaceAll("\n\n", "\n");
}
