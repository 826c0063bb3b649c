/** What can be wrong with a version, and what a retraction does and does not do for it (go-rules §8). */

export type Kind = "behaviour" | "build" | "secret" | "other";

export const kinds: readonly Kind[] = ["behaviour", "build", "secret", "other"];

/** The row of a kind, and what is meant by it. */
export const kindRows: Readonly<Record<Kind, readonly [label: string, detail: string]>> = {
  behaviour: ["It does the wrong thing", "a crash, wrong results"],
  build: ["It does not build", "for all or some systems"],
  secret: ["It contains a secret", "a key, a password, a file"],
  other: ["Something else", "tagged too early, licence"],
};

/** The kind in two words. */
export const kindNames: Readonly<Record<Kind, string>> = {
  behaviour: "wrong behaviour",
  build: "broken build",
  secret: "leaked secret",
  other: "other",
};

/** How a reason begins, until the maintainer knows better words. */
export const phrases: Readonly<Record<Kind, string>> = {
  behaviour: "gives wrong results",
  build: "does not build",
  secret: "published by mistake",
  other: "not meant for use",
};

/** What a retraction does for a kind, what it cannot do, and what comes first if anything does. */
export interface KindWords {
  readonly First?: string;
  readonly Does: string;
  readonly Not: string;
  /** How to say the reason. */
  readonly Say: string;
}

export const kindWords: Readonly<Record<Kind, KindWords>> = {
  behaviour: {
    Does: "@latest and upgrades pass it over; go get warns with your reason.",
    Not: "Builds that use it go on as before, and in silence, until somebody upgrades.",
    Say: "Say what goes wrong and for whom, so that users can tell whether it is them.",
  },
  build: {
    Does: "@latest and upgrades pass it over, so nobody new runs into it.",
    Not: "It stays broken for whoever requires it: they have to move to another version.",
    Say: "Say on which systems or Go versions it fails, if not on all.",
  },
  secret: {
    First: "Revoke or rotate the secret first: it is public, and stays public.",
    Does: "@latest and upgrades pass it over, so fewer people come across it.",
    Not: "Proxies, caches and git keep the version for ever; no release removes it.",
    Say: "The reason is public too: do not say what leaked, or where.",
  },
  other: {
    Does: "@latest and upgrades pass it over; go get warns with your reason.",
    Not: "Nothing is deleted: whoever asks for the version by name still gets it.",
    Say: "Users read only this sentence: say what they should do instead.",
  },
};
