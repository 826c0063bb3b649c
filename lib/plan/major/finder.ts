/** Which rules find the mentions in a file: by its name, and by its first bytes. */
import { Buffer } from "node:buffer";
import { latin1, LineCounter } from "./bytes.ts";
import { buildOccurrences, dataOccurrences } from "./buildfile.ts";
import { assemblyOccurrences, goOccurrences } from "./gofile.ts";
import { goModOccurrences, goWorkOccurrences } from "./modcomments.ts";
import { documentOccurrences } from "./markdown.ts";
import { mentions } from "./mention.ts";
import { protoOccurrences } from "./proto.ts";
import { templateOccurrences, unknownOccurrences } from "./template.ts";
import { encodings, judged } from "./textfile.ts";
import type { Finder, Occurrence, PathChange } from "./types.ts";

/**
 * The mentions of the old path in a file, ascending, each with its class. Nothing is found in
 * what is no text but one mark that it is there: nobody could change the path in it. `file` is
 * the path from the repository's root. Links and submodules are not to be asked for.
 */
export function occurrencesIn(
  file: string,
  bytes: Uint8Array,
  change: PathChange,
): Occurrence[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!mayMention(file, buffer, change)) return [];
  const text = latin1(bytes);
  if (buffer.includes(0)) return inBinary(text, change);
  return finderOf(file, text)(file, text, change);
}

const base = (file: string) => file.slice(file.lastIndexOf("/") + 1);

/** Reports whether it is worth looking closely: the path is there, or may be under another spelling. */
function mayMention(file: string, buffer: Buffer, change: PathChange): boolean {
  if (buffer.includes(change.Old)) return true;
  if (file.endsWith(".go")) return buffer.includes(symbolOf(change)) || escapesInImports(buffer);
  if (file.endsWith(".s") && buffer.includes(divisionSlash)) return true;
  return encodings(change).some((path) => buffer.includes(path));
}

/** What stands for "/" in the symbols of assembly. */
const divisionSlash = "\u2215";

/** The path as the linker spells it: the dots of the last element are `%2e`. */
function symbolOf({ Old }: PathChange): string {
  const last = Old.lastIndexOf("/") + 1;
  return Old.slice(0, last) + Old.slice(last).replaceAll(".", "%2e");
}

/** Reports whether a backslash stands before the first declaration of a Go file: an import may be spelled with it. */
function escapesInImports(buffer: Buffer): boolean {
  const backslash = buffer.indexOf("\\");
  if (backslash < 0) return false;
  return ["\nfunc ", "\ntype ", "\nvar ", "\nconst "].every((word) => {
    const at = buffer.indexOf(word);
    return at < 0 || backslash < at;
  });
}

function inBinary(text: string, change: PathChange): Occurrence[] {
  const [first] = mentions(text, change);
  if (!first) return [];
  const { At } = first;
  const Reason = "is in a binary file: make it again";
  const Line = new LineCounter(text).at(At);
  return [{ At, Line, Class: "generated", Old: change.Old, New: change.Old, Reason }];
}

const documents =
  /\.(?:md|markdown|mdx|mdown|mkd|rst|adoc|asciidoc|txt|text|org|tex|html?|xhtml|1|man|pod)$|^(?:README|CONTRIBUTING|INSTALL|HACKING|CHANGELOG|CHANGES|HISTORY|NEWS|AUTHORS|MAINTAINERS|SECURITY|LICENSE|NOTICE|COPYING|CODEOWNERS|UPGRADING|FAQ|USAGE)[^/]*$/i;

const builds =
  /^(?:GNU)?makefile(?:[.\-_].*)?$|\.(?:mk|mak|just|sh|bash|zsh|fish|ksh|ps1|psm1|bat|cmd|bzl|bazel|star|nix|gradle|cmake|hcl|tf|env|envrc|spec|rb|service|awk|sed)$|^(?:justfile|taskfile.*|(?:docker|container)file.*|.*\.(?:docker|container)file|jenkinsfile.*|vagrantfile|procfile|earthfile|magefile|tiltfile|build|workspace|pkgbuild|tiltfile|rakefile|caddyfile|project|\.envrc|\.ko\.yaml|cmakelists\.txt)$/i;

/** Configuration that only some tool of the build reads, wherever it lies. */
const tools =
  /^\.?(?:golangci|goreleaser|mockery|gqlgen|buf|sqlc|codecov|coveralls|travis|gitlab-ci|appveyor|azure-pipelines|cloudbuild|bitbucket-pipelines|drone|pre-commit-config|revive|testcoverage|go-arch-lint|oapi-codegen|air|wire|ko|skaffold|tilt|dependabot|renovate|semaphore|wercker|circle|settings|tasks|launch|cirrus|woodpecker|lefthook|moq|deepsource|codeclimate|gitpod|nfpm|snapcraft|config|go-licenses|depguard|gci)\b.*\.(?:ya?ml|toml|json5?|jsonc)$/i;

const toolFolders =
  /(?:^|\/)\.(?:github|gitlab|circleci|buildkite|vscode|devcontainer|tekton|semaphore|woodpecker|drone|teamcity|idea|ci|config|cargo|golangci)\//;

const templates =
  /\.(?:tmpl|gotmpl|tpl|gotpl|got|txtar|golden|gohtml|go\.txt|go\.in|go\.example|j2|jinja2?|mustache|hbs|erb|template|testscript|want|expected|out)$/i;

/** The rules for a file. */
function finderOf(file: string, text: string): Finder {
  const name = base(file);
  if (/(?:^|\/)vendor\//.test(file)) return every("vendored");
  if (name === "go.mod") return goModOccurrences;
  if (name === "go.work") return goWorkOccurrences;
  if (name === "go.sum" || name === "go.work.sum") return every("generated", checksum);
  if (name.endsWith(".go")) return goOccurrences;
  if (/\.[sS]$/.test(name)) return assemblyOccurrences;
  if (/\.(?:proto|capnp)$/.test(name)) return protoOccurrences;
  if (templates.test(name)) return templateOccurrences;
  if (/(?:^|\/)testdata\/.*\.(?:txt|script|test|input|output)$/.test(file)) {
    return templateOccurrences;
  }
  if (builds.test(name) || tools.test(name) || toolFolders.test("/" + file)) {
    return buildOccurrences;
  }
  if (isGenerated(text)) return every("generated");
  if (/^[^/]*\.(?:ya?ml|toml|cfg|ini|conf)$/i.test(file)) return buildOccurrences;
  if (/\.(?:ya?ml|toml|json5?|jsonc|cfg|ini|conf|properties|xml)$/i.test(name)) {
    return dataOccurrences;
  }
  if (documents.test(name)) return documentOccurrences;
  return /^#!/.test(text) ? buildOccurrences : unknownOccurrences;
}

const checksum = "is a checksum of the old major, which go mod tidy takes out";

/** All mentions are of one class. */
function every(Class: "vendored" | "generated", Reason?: string): Finder {
  return (file, text, change) =>
    judged(file, text, change, () => ({ Class, ...(Reason !== undefined && { Reason }) }));
}

/** Reports whether the first lines say that a program wrote the file. */
function isGenerated(text: string): boolean {
  return /\bgenerated\b[^\n]*\bDO NOT EDIT\b|@generated\b/i.test(text.slice(0, 2000));
}
