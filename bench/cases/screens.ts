/** The screens on a real pseudo-terminal: from start to the first frame, and from a key to its frame. */
import { bundle } from "../../scripts/bundle.ts";
import { frame } from "../../lib/tui/frame.ts";
import { newGuided } from "../../lib/tui/screens/guided.ts";
import { update } from "../../lib/tui/update.ts";
import { permissions } from "../../tests/support/gorel.ts";
import type { Folder } from "../../tests/support/repo.ts";
import { factsOf, modelOf, wire } from "../../tests/support/wire.ts";
import { type Measured, median } from "../harness.ts";
import { main } from "../programs.ts";
import { Shown } from "../shown.ts";

const [down, up] = ["\x1b[B", "\x1b[A"];

async function firstFrames(
  commands: readonly [readonly string[], string][],
  cwd: string,
  env: Record<string, string>,
): Promise<number[]> {
  const times = commands.map((): number[] => []);
  for (let round = 0; round <= 11; round++) {
    for (const [i, [command, words]] of commands.entries()) {
      const shown = new Shown(command, cwd, env);
      const took = await shown.until(words);
      await shown.end();
      if (round > 0) times[i]!.push(took);
    }
  }
  return times.map(median);
}

async function keyToFrame(command: readonly string[], cwd: string, env: Record<string, string>) {
  const shown = new Shown(command, cwd, env);
  try {
    await shown.until("quit");
    // Facts arrive and Ink takes over: what comes then is the answer to a key.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const times: number[] = [];
    for (let i = 0; i < 40; i++) {
      times.push(await shown.key(i % 2 === 0 ? down : up));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return median(times.slice(10));
  } finally {
    await shown.end();
  }
}

/** One page of a diff of 5 000 lines: what a key costs in update and frame together. */
async function longDiff(): Promise<number> {
  using repo = wire();
  const facts = await factsOf(repo);
  const lines = Array.from({ length: 5000 }, (_, i) => `+\tline ${i} of a diff`);
  let model = modelOf(facts, newGuided(modelOf(facts)));
  for (const Key of ["enter", "enter", "enter"] as const) {
    [model] = update(model, { Is: "press", Press: { Key } });
  }
  const [asked, effects] = update(model, { Is: "press", Press: { Key: "char", Char: "d" } });
  const diff = effects.find((effect) => effect.Do === "diff");
  if (!diff) throw new Error("d asked for no diff");
  [model] = update(asked, { Is: "diff", Of: diff.Of, Lines: lines });
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const began = performance.now();
    [model] = update(model, { Is: "press", Press: { Key: "pgdn" } });
    frame(model);
    times.push(performance.now() - began);
  }
  return median(times);
}

/** The program as the executables and the npm package carry it. */
async function bundled(folder: Folder): Promise<string> {
  for (const [name, bytes] of await bundle()) await Deno.writeFile(folder.join(name), bytes);
  return folder.join("main.js");
}

export async function screens(folder: Folder): Promise<Measured[]> {
  using repo = wire();
  const deno = [Deno.execPath(), "run", "--quiet"];
  const source = [...deno, ...permissions, main];
  const shipped = [...deno, "--no-config", ...permissions, await bundled(folder)];
  const empty = folder.join("bare.js");
  Deno.writeTextFileSync(empty, "console.log('bare')\n");
  const [bare = 0, fromSource = 0, fromBundle = 0] = await firstFrames(
    [
      [[...deno, empty], "bare"],
      [source, "quit"],
      [shipped, "quit"],
    ],
    repo.dir,
    repo.env,
  );
  const ours = { Label: "gorel", Name: "", Args: [], Cwd: "", Env: {} };
  const peer = { ...ours, Label: "bare Deno" };
  return [
    {
      Comparison: { Work: "first screen, bundled", Ours: ours, Peer: peer, Target: { Above: 150 } },
      Ours: fromBundle,
      Peer: bare,
    },
    {
      Comparison: { Work: "first screen, source", Ours: ours, Peer: peer, Target: { Above: 150 } },
      Ours: fromSource,
      Peer: bare,
    },
    {
      Comparison: { Work: "key to frame", Ours: ours, Peer: "", Target: { Above: 16 } },
      Ours: await keyToFrame(shipped, repo.dir, repo.env),
    },
    {
      Comparison: { Work: "key in a 5 000-line diff", Ours: ours, Peer: "", Target: { Above: 10 } },
      Ours: await longDiff(),
    },
  ];
}
