/** The classes of mentions: what each is, and whether it is rewritten unless somebody chooses otherwise. */
import type { Class } from "./types.ts";

export interface ClassRow {
  /** Rewritten, unless chosen otherwise. */
  readonly rewritten: boolean;
  /** True where the module would not build, or would not be found, with the old path there. */
  readonly needed?: true;
  /** What it is, as the screens and the help say it. */
  readonly what: string;
  /** Why it stays, where it does: the end of a sentence that begins with the place. */
  readonly stays?: string;
}

export const classes: Readonly<Record<Class, ClassRow>> = {
  module: { rewritten: true, needed: true, what: "the module line of go.mod" },
  import: { rewritten: true, needed: true, what: "imports of the module's own packages" },
  "import-comment": { rewritten: true, needed: true, what: "import comments of package clauses" },
  linkname: { rewritten: true, needed: true, what: "go:linkname directives" },
  assembly: { rewritten: true, needed: true, what: "symbols in assembly" },
  generate: { rewritten: true, what: "go:generate lines" },
  tool: { rewritten: true, needed: true, what: "tool lines of go.mod" },
  nested: { rewritten: true, what: "other modules of the repository that use this one" },
  ldflags: { rewritten: true, what: "variables that the linker sets (-X)" },
  proto: { rewritten: true, what: "go_package options" },
  build: { rewritten: true, what: "build, CI and tool configuration" },
  install: { rewritten: true, what: "go get and go install lines" },
  "doc-link": { rewritten: true, what: "links to documentation, and badges" },
  example: { rewritten: true, what: "imports in examples, comments and templates" },
  pinned: {
    rewritten: false,
    what: "the path with a version of the old major",
    stays: "names a version, which only the old path has",
  },
  url: {
    rewritten: false,
    what: "addresses of the repository",
    stays: "is an address, which stays",
  },
  generated: {
    rewritten: false,
    what: "generated files",
    stays: "is in a generated file: generate it again",
  },
  string: {
    rewritten: false,
    what: "strings in code",
    stays: "is a string, which Go does not import",
  },
  prose: { rewritten: false, what: "prose", stays: "is prose" },
  vendored: {
    rewritten: false,
    what: "vendored copies",
    stays: "is a copy that go mod vendor makes again",
  },
};

/** Every class, in the order they are shown. */
export const classNames = Object.keys(classes) as Class[];

/** Reports whether a word is the name of a class. */
export function isClass(word: string): word is Class {
  return Object.hasOwn(classes, word);
}
