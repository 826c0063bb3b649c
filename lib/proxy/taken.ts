/** What one module graph may take: a server that invents modules is left at some point. */
import type { Unknown } from "../go/mvs.ts";
import type { Summary } from "../go/summary.ts";

/** More of each than any graph has: a thousand modules take a few MiB. */
const mostFiles = 100_000;
const mostRequirements = 5_000_000;
const mostBytes = 256 << 20;

const tooLarge = {
  Error: `the graph is too large: more than ${mostFiles} go.mod files, ` +
    `${mostRequirements} requirements or ${mostBytes >> 20} MiB`,
};

/** What a graph has taken so far. */
export class Taken {
  files = 0;
  /** Of what was fetched. */
  bytes = 0;
  #requirements = 0;

  /** The answer for every go.mod once the graph is too large. */
  get error(): Unknown | null {
    const isTooLarge = this.files > mostFiles || this.#requirements > mostRequirements ||
      this.bytes > mostBytes;
    return isTooLarge ? tooLarge : null;
  }

  /** Counts what a go.mod requires. */
  counted(found: Summary | Unknown): Summary | Unknown {
    if (!("Error" in found)) this.#requirements += found.Require.length;
    return found;
  }

  /** Refuses a go.mod that alone asks for more files than there may be. */
  alone({ Require }: Summary): Unknown | null {
    if (Require.length > mostFiles) this.files += Require.length;
    return this.error;
  }
}
