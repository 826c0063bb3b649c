/** Random modules as proxies have them, and what the go command says of one. */
import type { Retract } from "../../../lib/go/retract.ts";
import type { Random } from "../../support/random.ts";
import type { Listed } from "./golist.ts";

/** A retraction without a reason. */
export function retract(Low: string, High = Low): Retract {
  return { Low, High, Rationale: "" };
}

/** A module that a proxy has. */
export interface Case {
  path: string;
  /** Versions as a proxy lists them, with what stands in the go.mod of each; null: there is none. */
  mods: Map<string, Retract[] | null>;
}

const rationales = ["", "", "broken", "broken", "published by mistake\n\nsorry"];

/** A random module; `i` makes its path. */
export function anyCase(random: Random, i: number): Case {
  const releases = ["v0.1.0", "v0.2.0", "v1.0.0", "v1.0.1", "v1.1.0", "v1.9.0", "v1.10.0"];
  const prereleases = ["v1.0.0-rc.1", "v1.1.0-rc.1", "v1.1.0-rc.2", "v1.1.0-rc.10", "v2.0.0-0"];
  const incompatible = ["v2.0.0", "v2.1.0-rc.1", "v2.1.0", "v3.0.0"].map((v) =>
    `${v}+incompatible`
  );
  const some = (of: string[], most: number) => random.shuffle(of).slice(0, random.int(0, most));
  // One case in four has only what is chosen last: pre-releases, or incompatible versions.
  const pool = [
    ...(i % 4 === 0 ? [] : some(releases, 4)),
    ...some(prereleases, i % 4 === 0 ? 3 : 2),
    ...(random.chance(0.4) ? some(incompatible, 3) : []),
  ];
  const ends = [
    ...releases,
    ...prereleases,
    ...incompatible,
    "v2.0.0",
    "v0.0.0-0",
    "v1.0.5",
    "v1.2",
    "bad",
  ];
  const entry = (): Retract => {
    const Low = random.pick([...pool, ...ends]);
    const High = random.chance(0.5) ? Low : random.pick([...pool, ...ends]);
    return { Low, High, Rationale: random.pick(rationales) };
  };
  const mods = new Map(
    random.shuffle(pool).map((v) => [
      v,
      random.chance(0.25) ? null : Array.from({ length: random.int(0, 4) }, entry),
    ]),
  );
  return { path: `example.com/latest${i}`, mods };
}

/** A go.mod with these retractions; without any go.mod a proxy serves the module line alone. */
export function goMod(path: string, retracts: Retract[] | null): string {
  if (retracts === null) return `module ${path}\n`;
  const entries = retracts.map(({ Low, High, Rationale }) => {
    const comment = Rationale.split("\n").map((line) => `// ${line}`.trimEnd() + "\n").join("");
    return `\n${Rationale === "" ? "" : comment}retract [${Low}, ${High}]\n`;
  });
  return `module ${path}\n\ngo 1.20\n${entries.join("")}`;
}

/** The version that go chose; with an error it repeats the query instead. */
export function chosen(answer: Listed): string | null {
  return answer.Error ? null : answer.Version!;
}
