/** The build list of 1 000 modules, against the go command, with everything cached and with nothing. */
import { fileURLToPath } from "node:url";
import { Random } from "../../tests/support/random.ts";
import type { Folder } from "../../tests/support/repo.ts";
import { tryRun } from "../../tests/support/repo.ts";
import { type Comparison, measure, type Measured, type Program } from "../harness.ts";
import { gorel, peer } from "../programs.ts";

const modules = 1_000;
const server = fileURLToPath(new URL("../folder-server.ts", import.meta.url));

export async function graph(folder: Folder): Promise<Measured[]> {
  const at = { Cwd: folder.join("main"), Home: folder.path };
  write(folder);
  await using proxy = await serve(folder.join("proxy"));
  const warm = surroundings(folder, proxy.url, "warm");
  const cold = surroundings(folder, proxy.url, "cold");
  const [theirs, fromNothing] = [warm, cold].map((env) =>
    peer("go", ["list", "-m", "all"], at, env)
  );
  if (typeof theirs === "object") fill(theirs);
  const forget = () => {
    for (const name of ["GOMODCACHE", "GOREL_CACHE"]) remove(cold[name]!);
  };
  const comparisons: Comparison[] = [{
    Work: "graph, 1 000 modules, cached",
    Ours: within(gorel(["graph", "--json"], at), warm),
    Peer: theirs!,
    Target: { Times: 1 },
  }, {
    Work: "graph, 1 000 modules, from the proxy",
    Ours: { ...within(gorel(["graph", "--json"], at), cold), before: forget },
    Peer: typeof fromNothing === "object" ? { ...fromNothing, before: forget } : fromNothing!,
    Target: { Times: 0.2 },
  }];
  // Measured here: the proxy ends with this function.
  return comparisons.map(measure);
}

/** Modules in a row, each requiring some of the next thirty, and a main module that requires all. */
function write(folder: Folder): void {
  const random = new Random(1);
  const path = (i: number) => `example.com/org${i % 20}/module${i}`;
  const required: string[] = [];
  for (let i = 0; i < modules; i++) {
    const next = new Set(Array.from({ length: 8 }, () => i + random.int(1, 30)));
    const lines = [...next].filter((j) => j < modules).map(path).sort();
    const go = random.pick(["1.16", "1.17", "1.20", "1.21", "1.22.0"]);
    const dir = folder.join("proxy", path(i), "@v");
    Deno.mkdirSync(dir, { recursive: true });
    const goMod = `module ${path(i)}\n\ngo ${go}\n\n${requireBlock(lines)}`;
    Deno.writeTextFileSync(`${dir}/v1.0.0.mod`, goMod);
    const info = { Version: "v1.0.0", Time: "2024-01-02T03:04:05Z" };
    Deno.writeTextFileSync(`${dir}/v1.0.0.info`, JSON.stringify(info));
    required.push(path(i));
  }
  Deno.mkdirSync(folder.join("main"));
  const goMod = `module example.com/main\n\ngo 1.22.0\n\n${requireBlock(required.sort())}`;
  Deno.writeTextFileSync(folder.join("main", "go.mod"), goMod);
}

function requireBlock(paths: readonly string[]): string {
  return `require (\n${paths.map((path) => `\t${path} v1.0.0\n`).join("")})\n`;
}

/** Has go write the go.sum that it wants to have, and fill the cache. */
function fill(program: Program): void {
  const args = ["list", "-mod=mod", "-m", "all"];
  const done = tryRun("go", args, { cwd: program.Cwd, env: { ...program.Env } });
  if (done.code !== 0) throw new Error(done.stderr);
}

function surroundings(folder: Folder, url: string, name: string): Record<string, string> {
  return {
    GOPROXY: url,
    GOMODCACHE: folder.join(name, "modules"),
    GOREL_CACHE: folder.join(name, "gorel"),
  };
}

function within(program: Program, env: Readonly<Record<string, string>>): Program {
  return { ...program, Env: { ...program.Env, ...env } };
}

function remove(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function serve(folder: string): Promise<AsyncDisposable & { url: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--allow-net=127.0.0.1",
      `--allow-read=${folder}`,
      server,
      folder,
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  const port = new TextDecoder().decode(value).trim();
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill();
      await reader.cancel();
      await child.status;
    },
  };
}
