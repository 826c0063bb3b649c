/** The real program on a pseudo-terminal: its screens walked through as somebody at a keyboard would. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { permissions } from "./gorel.ts";
import { Pty, type Window } from "./pty.ts";
import type { Folder, Repo } from "./repo.ts";

export const key = {
  up: "\x1b[A",
  down: "\x1b[B",
  enter: "\r",
  esc: "\x1b",
  tab: "\t",
  pageDown: "\x1b[6~",
  ctrl: (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 96),
} as const;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The words that start gorel, with the permissions of its task. */
export function gorelWords(...args: string[]): string[] {
  const config = ["--quiet", "--config", here("../../deno.json")];
  return [Deno.execPath(), "run", ...config, ...permissions, here("../../main.ts"), ...args];
}

/** Says after the program what a shell would find: its exit code, and the terminal's modes. */
const afterwards =
  `trap : INT TERM HUP; "$@"; code=$?; echo "[exit $code: $(echo $(stty -a | grep -oE -e '-?(icanon|echo|isig|opost)\\b' | sort))]"; exit $code`;

export interface OpenOptions {
  cwd?: string;
  env?: Record<string, string | undefined>;
  size?: Window;
}

/** Starts gorel in a terminal, by a shell that stays until the program has ended. */
export function openGorel(args: readonly string[], options: OpenOptions = {}): Pty {
  return new Pty(["sh", "-c", afterwards, "sh", ...gorelWords(...args)], options);
}

/** gorel in a repository's work tree, and in its settings. */
export function openIn(repo: Repo, args: readonly string[] = [], options: OpenOptions = {}): Pty {
  return openGorel(args, { cwd: repo.dir, ...options, env: { ...repo.env, ...options.env } });
}

/** gorel's sandbox, at its first screen; it lies in a folder of the test's own. */
export async function openDemo(
  folder: Folder,
  options: OpenOptions & { args?: string[] } = {},
): Promise<Pty> {
  const env = { TMPDIR: folder.path, HOME: folder.path, ...options.env };
  const pty = openGorel(["demo", ...options.args ?? []], { ...options, cwd: folder.path, env });
  await pty.until(/[›>] Patch and retract +a bad version/);
  return pty;
}

/** The process id of gorel itself, below the shell. */
export async function gorelPid(pty: Pty): Promise<number> {
  const shell = await pty.pid();
  for (const end = Date.now() + 60_000; Date.now() < end; await pause()) {
    const below = await Deno.readTextFile(`/proc/${shell}/task/${shell}/children`);
    const [first] = below.trim().split(" ");
    if (first) return Number(first);
  }
  throw new Error("gorel was never started");
}

/** The text of the highlighted row, from its mark on; "" while nothing is highlighted. */
export function highlighted(screen: string): string {
  return /^ *[›>] (.*)$/m.exec(screen)?.[1]?.trim() ?? "";
}

/** Moves to the row that begins with a text, as far as it takes. */
export async function moveTo(pty: Pty, label: string): Promise<void> {
  await pty.until((screen) => rowOf(screen, label) >= 0 && marked(screen) >= 0);
  for (let steps = 0; steps < 100; steps++) {
    const screen = pty.screen();
    const by = rowOf(screen, label) - marked(screen);
    if (by === 0) return;
    await pty.type(by < 0 ? key.up : key.down);
    // Between two pieces of a frame no row may be marked at all.
    await pty.until((now) => marked(now) >= 0 && marked(now) !== marked(screen));
  }
  assert.fail(`never came to ${label}:\n${pty.screen()}`);
}

/** Moves to a row and acts on it. */
export async function choose(pty: Pty, label: string): Promise<void> {
  await moveTo(pty, label);
  await pty.type(key.enter);
}

function marked(screen: string): number {
  return screen.split("\n").findIndex((line) => /^ *[›>] /.test(line));
}

function rowOf(screen: string, label: string): number {
  return screen.split("\n").findIndex((line) => {
    const row = line.replace(/^ *(?:[›>] )?/, "");
    // A row that can be marked begins with its box.
    return row.startsWith(label) || row.replace(/^\[.\] /, "").startsWith(label);
  });
}

/** How gorel ended, and the lines that it left in the shell. */
export interface Left {
  readonly code: number;
  readonly lines: readonly string[];
}

/** Waits for gorel's end. The terminal is then as a shell wants it, or this fails. */
export async function left(pty: Pty): Promise<Left> {
  const { code, screen } = await pty.ended();
  assert.equal(pty.alternate, false, `still the alternate screen:\n${screen}`);
  assert.equal(pty.cursorVisible, true, "the cursor is hidden");
  assert.equal(pty.bracketedPaste, false, "pastes are still marked");
  const [said = "", end = ""] = screen.trimEnd().split(/\n?(?=\[exit )/);
  assert.equal(end, `[exit ${code}: echo icanon isig opost]`, screen);
  return { code, lines: said.split("\n").map((line) => line.trimEnd()).filter((line) => line) };
}

/** Types a text, and waits until it stands before the cursor: what is typed faster is a paste. */
export async function write(pty: Pty, text: string): Promise<void> {
  await pty.type(text);
  await pty.until(`${text}▌`);
}

/** From the checks to the review, and the version typed there: the release begins. */
export async function begin(pty: Pty, version: string): Promise<void> {
  await pty.until(/[›>] go on to the plan/);
  await pty.type(key.enter);
  await pty.until(`Type ${version} to start:`);
  await write(pty, version);
  await pty.type(key.enter);
}

/** Leaves by q, pressed until it is heard: right behind an escape it would be another key. */
export async function quit(pty: Pty): Promise<Left> {
  const end = pty.ended();
  let over = false;
  end.finally(() => over = true).catch(() => {});
  for (let tries = 0; !over; tries++) {
    if (tries % 25 === 0) await pty.type("q").catch(() => {});
    await pause();
  }
  return await left(pty);
}

/** A hook that says that it was begun, and waits for a file to appear. */
export function waitingHook(
  repo: Repo,
  name: string,
  when = "",
): { begun(): Promise<void>; go(): void } {
  const [begun, go] = [repo.folder.join(`${name}.begun`), repo.folder.join(`${name}.go`)];
  Deno.writeTextFileSync(
    `${repo.dir}/.git/hooks/${name}`,
    `#!/bin/sh\n${when}echo "$$" > '${begun}'\nwhile [ ! -e '${go}' ]; do sleep 0.05; done\n`,
    { mode: 0o755 },
  );
  return {
    async begun() {
      for (const end = Date.now() + 60_000; !there(begun); await pause()) {
        assert.ok(Date.now() < end, `${name} was never begun`);
      }
    },
    go: () => Deno.writeTextFileSync(go, ""),
  };
}

function there(path: string): boolean {
  try {
    return Deno.readTextFileSync(path) !== "";
  } catch {
    return false;
  }
}

/** The hook of every ref that git moves: here the one that makes the tag. */
export const tagOnly = `[ "$1" = prepared ] || exit 0\ngrep -q refs/tags/v1.0.1 || exit 0\n`;

/** Nothing yet: the loop that asks comes back a little later. */
export function pause(): Promise<void> {
  return new Promise((tick) => setTimeout(tick, 20));
}

/** Nothing was released: the tags here and on the remote, and the work tree, are as before. */
export function nothingChanged(repo: Repo): void {
  assert.equal(repo.git("tag", "--list"), "v1.0.0");
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
  assert.equal(repo.git("status", "--porcelain"), "");
}
