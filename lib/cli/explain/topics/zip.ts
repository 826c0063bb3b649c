/** What is in a module when it arrives. */
import type { Topic } from "../topic.ts";

export const zip = {
  "zip": {
    short: "What users download: every committed file, with few exceptions",
    text: [
      "A version arrives as a zip of all files below the folder of its go.mod, as the tagged " +
      "commit has them: testdata, images, dot files and what build tags exclude, too. Left out " +
      "are folders with a go.mod of their own, packages in vendor folders, symbolic links and " +
      "submodules. Together they may have 500 MiB, go.mod and LICENSE 16 MiB each.",
      "The bytes of the zip may differ from one server to the next; h1:, the hash of its files, " +
      "may not.",
    ],
    example: [
      "$ gorel hash v1.4.3      # the hash, how many files and bytes",
      "$ gorel hash --json",
    ],
  },
  "file-names": {
    short: "One file name that Go refuses makes the whole version unusable",
    text: [
      "Names must be fit for every system: no : * ? \" ' < > | ; backslash or backquote, no " +
      "aux.go or con, no dot at the end, no two names that differ only in case. One such file anywhere in the " +
      "module, in testdata too, and nobody can download the version, while git, go build and go " +
      "test in the checkout are content. A go.mod in its folder leaves that folder out. gorel " +
      "looks before every release.",
    ],
    example: [
      "testdata/it's.txt           # refused",
      "docs/README.md docs/Readme.md      # refused: differ only in case",
      "",
      "$ gorel check",
    ],
  },
  "attributes": {
    short: "How .gitattributes and git's settings change what users get",
    text: [
      "The zip is made as git archive would: eol=crlf gives CRLF, ident fills in $Id$, an " +
      "encoding for the work tree counts. export-ignore and export-subst do not. Of files in LFS " +
      "users get the pointer, of submodules nothing. gorel works the hash out by the same rules " +
      "and without running a filter.",
    ],
    example: [
      "*.bat eol=crlf        # users get CRLF",
      "*.psd filter=lfs      # users get a pointer",
    ],
  },
  "licence": {
    short: "A module in a folder inherits LICENSE from the root",
    text: [
      "When the folder of a module has no file with exactly the name LICENSE, the one at the " +
      "root of the repository goes into its zip; LICENSE.md and COPYING do not. A file License " +
      "in the folder then differs from it only in case, and the version cannot be downloaded. " +
      "Without a licence that they know, documentation sites hide the documentation.",
    ],
    example: ["LICENSE", "tools/go.mod        # tools/v1.2.0 has LICENSE in its zip"],
  },
} satisfies Record<string, Topic>;
