/** What the ladder asks, and what it expects to hear. */
import type { Problem } from "../problem.ts";
import type { ProxyClient } from "../proxy/client.ts";
import type { Clock } from "../services.ts";

/** What users are to get. */
export interface Expectation {
  Module: string;
  Version: string;
  TagName: string;
  /** The commit that the remote's tag must peel to. */
  Commit?: string;
  /** The object that the tag holds; judged only where Commit is not known. */
  TagOid?: string;
  /** `h1:` of the module zip and of go.mod. */
  Sum: string;
  GoModSum: string;
  /** What `M@latest` must give; null: nothing. Absent: whatever it is. */
  Latest?: string | null;
  /** Versions that must not be offered any more. */
  Retracted?: string[];
  /** Of a new major: the path it had before, and what `@latest` of that was and must still be. */
  Old?: { Module: string; Latest: string };
}

/** Tags by short name, with the commits they peel to. */
export interface RemoteTags {
  Tags: ReadonlyMap<string, { Oid: string; Commit: string }>;
}

export interface Doors {
  /** Looks at the remote anew every time. */
  remote(): Promise<RemoteTags | Problem>;
  client: ProxyClient;
  /** Measures the waiting. */
  clock: Clock;
  settings: { GONOSUMDB: string; GOSUMDB?: string };
  /**
   * go.mod of a tagged version at a commit, from this repository: for modules without a
   * proxy. Null, or no such door: it is not here, and `@latest` is not worked out then.
   */
  goMod?(version: string, commit: string): Promise<Uint8Array | null>;
  /** The same two doors for the path of `Expectation.Old`. */
  old?: Pick<Doors, "client" | "goMod">;
}

/** What `ls-remote` shows: full refs, and what annotated tags peel to. */
export interface RemoteRefs {
  Refs: ReadonlyMap<string, string>;
  Peeled: ReadonlyMap<string, string>;
}

/** The doors of this machine; `remote` is one `ls-remote`. */
export function doorsOf(
  doors: Omit<Doors, "remote"> & { remote(): Promise<RemoteRefs | Problem> },
): Doors {
  return {
    ...doors,
    async remote() {
      const seen = await doors.remote();
      return "Code" in seen ? seen : { Tags: tagsOf(seen) };
    },
  };
}

function tagsOf({ Refs, Peeled }: RemoteRefs): RemoteTags["Tags"] {
  const tags = new Map<string, { Oid: string; Commit: string }>();
  for (const [ref, oid] of Refs) {
    if (!ref.startsWith("refs/tags/")) continue;
    tags.set(ref.slice("refs/tags/".length), { Oid: oid, Commit: Peeled.get(ref) ?? oid });
  }
  return tags;
}
