/** The licences of what others wrote and the bundle holds: they ask to be passed on with it. */
import { dirname, join } from "node:path";

interface Package {
  readonly Name: string;
  readonly Version: string;
  readonly Licence: string;
  /** Its licence and its notices; empty where the package came without. */
  readonly Text: string;
}

/**
 * One text with the licences of all packages that have a file among `paths`, by name. Packages
 * with the same text share it. Files of no package, which are ours, do not count.
 */
export function licences(paths: Iterable<string>): string {
  const folders = new Map<string, string | undefined>();
  const packages = new Map<string, Package>();
  for (const path of paths) {
    const folder = packageOf(dirname(path), folders);
    if (folder !== undefined && !packages.has(folder)) packages.set(folder, read(folder));
  }
  const byText = Map.groupBy(
    [...packages.values()].toSorted((a, b) => order(a) < order(b) ? -1 : 1),
    ({ Text }) => Text,
  );
  const parts = Array.from(byText, ([text, those]) => {
    const names = those.map(({ Name, Version, Licence }) => `${Name} ${Version} (${Licence})\n`);
    return `${names.join("")}\n${text || "The package came without the text.\n"}`;
  });
  return [head, ...parts].join(`\n${"-".repeat(72)}\n\n`);
}

const head = `gorel holds the work of others, under these licences. An executable of gorel also
carries Deno (Copyright the Deno authors, MIT); one with the Go launcher holds the
Go runtime and github.com/klauspost/compress (Copyright The Go Authors and Klaus
Post, BSD-3-Clause).
`;

function order({ Name, Version }: Package): string {
  return `${Name} ${Version}`;
}

/** The folder of the package that a folder belongs to. */
function packageOf(folder: string, known: Map<string, string | undefined>): string | undefined {
  if (known.has(folder)) return known.get(folder);
  const settings = settingsOf(folder);
  const found = typeof settings?.name === "string" && typeof settings.version === "string"
    ? folder
    : dirname(folder) === folder
    ? undefined
    : packageOf(dirname(folder), known);
  known.set(folder, found);
  return found;
}

function settingsOf(folder: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(join(folder, "package.json")));
  } catch {
    return undefined;
  }
}

function read(folder: string): Package {
  const { name, version, license } = settingsOf(folder) ?? {};
  const files = Array.from(Deno.readDirSync(folder))
    .filter((entry) => entry.isFile && /^(licen[cs]e|copying|notice)/i.test(entry.name))
    .map((entry) => entry.name)
    .sort();
  const texts = files.map((file) =>
    `${Deno.readTextFileSync(join(folder, file)).replaceAll("\r\n", "\n").trim()}\n`
  );
  return {
    Name: `${name}`,
    Version: `${version}`,
    Licence: typeof license === "string" ? license : "see its text",
    Text: texts.join("\n"),
  };
}
