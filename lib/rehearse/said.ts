/** What the go command said, as the maintainer may read it: about the repository, not about a copy of it. */
import { isAbsolute, join, normalize } from "node:path";
import { clean, cleanLines, withoutCredentials } from "../text.ts";
import type { Where } from "../problem.ts";

/** Where a go command ran. */
export interface Stage {
  /** The folder it ran in. */
  Folder: string;
  /** Folders that hold a tree of the repository each. */
  Roots: readonly string[];
  /** Folders and addresses that are no business of the maintainer's, and what stands for them. */
  Hidden: readonly (readonly [text: string, shown: string])[];
}

export interface Said {
  /** Without the headings of packages and what was downloaded; a line that goes on is one. */
  Lines: string[];
  /** The first place in the repository that is named. */
  Where?: Where;
  /** True: something is missing on this machine or on the network, whatever the files hold. */
  Lacks: boolean;
}

/** Lines that say nothing of what is wrong. */
const noise =
  /^(?:# |go: (?:downloading|finding|extracting|added|warning: ignoring|warning: "\.\/\.\.\." matched)|\s*go get |\s*$|exit status \d)/;

/** What go says where a module, a toolchain, a compiler or a network is missing. */
const lacking = new RegExp(
  [
    "module lookup disabled",
    "(?:requires|requires newer) go",
    "toolchain not available",
    "invalid toolchain",
    "C compiler .* not found",
    "dial tcp",
    "no such host",
    "connection (?:refused|reset)",
    "network is unreachable",
    "i/o timeout",
    "TLS handshake",
    "x509:",
    "proxyconnect",
    "\\b(?:401|403|404|407|410|429|50\\d) [A-Z]",
    "unrecognized import path",
    "unknown revision",
    "git (?:init|fetch|ls-remote|remote)",
    "could not read Username",
    "terminal prompts disabled",
    "not defined: -diff",
  ].join("|"),
);

/** A place at the beginning of a line, as compilers name it. */
const place = /^((?:vet: )?)([^\s:][^:\n]*\.(?:go|s|S|c|cc|cpp|h|m|mod|sum|work)):(\d+)(?=:)/;

/** One line, with every path from the repository's root. */
export function shown(line: string, stage: Stage): string {
  const moved = line.replace(
    place,
    (_, before: string, file: string, at: string) =>
      `${before}${inRepository(file, stage) ?? file}:${at}`,
  );
  const plain = stage.Hidden.reduce((text, [ours, as]) => text.replaceAll(ours, as), moved);
  return clean(withoutCredentials(plain));
}

/** A file as go names it, from the repository's root; null: it is not in it. */
function inRepository(file: string, { Folder, Roots }: Stage): string | null {
  const path = normalize(isAbsolute(file) ? file : join(Folder, file)).replaceAll("\\", "/");
  const root = Roots.map((root) => root.replaceAll("\\", "/") + "/")
    .find((root) => path.startsWith(root));
  return root === undefined ? null : path.slice(root.length);
}

/** Reads what a go command printed. */
export function read(output: string, stage: Stage): Said {
  const lines: string[] = [];
  for (const line of output.split(/\r?\n/)) {
    if (noise.test(line)) continue;
    const text = shown(line, stage).replace(/^go: |; to add it:$/g, "");
    if (/^\s/.test(line) && lines.length > 0) lines[lines.length - 1] += ` ${text}`;
    else lines.push(text);
  }
  const found = output.split(/\r?\n/).flatMap((line): Where[] => {
    const [, , file, at] = place.exec(line.trim()) ?? [];
    const File = file === undefined ? null : inRepository(file, stage);
    return File === null ? [] : [{ File, Line: Number(at) }];
  });
  return {
    Lines: cleanLines([...new Set(lines)].join("\n"), 50),
    ...(found[0] && { Where: found[0] }),
    Lacks: lacking.test(output),
  };
}

/** The first lines in one sentence without its end, and how many more there are. */
export function sentence(lines: readonly string[]): string {
  const first = lines.slice(0, 3).join("; ").replace(/[.:;]+$/, "");
  const said = first.length > 600 ? `${first.slice(0, 600)}…` : first;
  if (said === "") return "go did not say why";
  return lines.length > 3 ? `${said} (and ${lines.length - 3} more)` : said;
}

/** A folder in every form that go prints it in, and what stands for it ("" for a root). */
export function hidden(folder: string, as: string): (readonly [string, string])[] {
  const path = normalize(folder);
  const below = as === "" ? "" : `${as}/`;
  return [[`file://${path}`, as], [`${path}/`, below], [path, as === "" ? "." : as]];
}
