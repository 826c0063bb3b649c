/** Ends gorel at a chosen moment: between two processes of git's, inside one, or as a file changes. */
import { join } from "node:path";
import { start } from "../support/gorel.ts";
import type { Ground } from "./ground.ts";

/**
 * "before", "after": around the Nth git that gorel starts once its journal is there.
 * "orphan": before it, but that git runs on its own a little later; "inside": both end while
 * it runs. "file": at the Nth change of a file. "time": milliseconds after the journal began.
 * "hook": at the remote, while this hook of the remote's runs, which then takes its time. "do": nothing ends; a shell runs
 * a script in the work tree before the Nth git, or the first of that name. "call": at the Nth
 * of these system calls, of gorel's main thread, or of whichever thread or git is the first.
 */
export type Point =
  | { At: "before" | "after" | "orphan" | "inside"; Nth: number }
  | { At: "file"; Nth: number }
  | { At: "time"; Ms: number }
  | {
    At: "hook";
    Name: "pre-receive" | "update" | "post-receive";
    Push: "goes on" | "ends";
    Ms: number;
  }
  | { At: "do"; Before: number | string; Script: string }
  | { At: "call"; Calls: string; Nth: number; All: boolean };

export interface Ended {
  code: number;
  /** The signal that ended it, as a shell says it; null when it ended by itself. */
  signal: string | null;
  /** The commands of git that it started once its journal was there. */
  gits: string[];
  /** The git around which it was ended, if it was. */
  git?: string;
  stdout: string;
  stderr: string;
}

const wrapper = `#!/bin/sh
real=@real@
here=@here@
if [ "$PPID" != "$(cat "$here/pid" 2>/dev/null)" ] || ! ls @git@/gorel/*.journal >/dev/null 2>&1
then exec "$real" "$@"; fi
echo "$*" >>"$here/log"
case " $* " in *" push "*) echo $$ >"$here/push";; esac
n=$(($(wc -l <"$here/log")))
at=@at@
case " $* " in *" @name@ "*) [ -e "$here/named" ] || { : >"$here/named"; n=named; };; esac
[ "$n" = @nth@ ] || at=
case "$at" in
before) kill -@signal@ "$PPID"; [ @signal@ = KILL ] && exit 1; exec "$real" "$@";;
do) sh "$here/script" >"$here/did" 2>&1; exec "$real" "$@";;
after) "$real" "$@"; code=$?; kill -@signal@ "$PPID"; exit $code;;
orphan) kill -@signal@ "$PPID"; sleep 0.4; exec "$real" "$@";;
inside) exec 3<&0; "$real" "$@" <&3 & sleep 0.00@ms@; kill -@signal@ "$PPID"
  if [ @signal@ = KILL ]; then kill -KILL $! 2>/dev/null; fi
  wait $!;;
*) exec "$real" "$@";;
esac
`;

const hook = `#!/bin/sh
here=@here@
[ -e "$here/pid" ] || exit 0
pid=$(cat "$here/pid")
rm -f "$here/pid"
kill -KILL "$pid"
[ "@push@" = ends ] && kill -KILL "$(cat "$here/push")"
sleep @seconds@
exit 0
`;

const git = (() => {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    try {
      if (Deno.statSync(join(folder, "git")).isFile) return join(folder, "git");
    } catch {
      // Not in this folder.
    }
  }
  throw new Error("git is not on PATH");
})();

/** Has strace kill what makes the call. */
function traced(
  pid: number,
  { Calls, Nth, All }: Extract<Point, { At: "call" }>,
): Deno.ChildProcess {
  return new Deno.Command("strace", {
    args: [
      ...["-qq", "-o", "/dev/null", ...(All ? ["-f"] : []), "-p", String(pid)],
      ...["-e", `trace=${Calls}`, "-e", `inject=${Calls}:signal=KILL:when=${Nth}`],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

/** Runs gorel and ends it at that point; one that is never reached lets it end by itself. */
export async function killed(
  ground: Ground,
  args: readonly string[],
  point: Point,
  options: { signal?: "KILL" | "INT" | "TERM" | "HUP"; env?: Record<string, string> } = {},
): Promise<Ended> {
  const here = ground.folder.join("killer");
  Deno.mkdirSync(here, { recursive: true });
  for (const name of ["log", "pid", "named"]) await Deno.remove(join(here, name)).catch(() => {});
  const signal = options.signal ?? "KILL";
  const env: Record<string, string> = { ...ground.env, ...options.env };
  const fill = (text: string, values: Record<string, string | number>) =>
    text.replace(/@(\w+)@/g, (_, name: string) => String(values[name]));
  if (point.At === "hook") {
    const text = fill(hook, { here, push: point.Push, seconds: point.Ms / 1000 });
    Deno.writeTextFileSync(join(ground.remote, "hooks", point.Name), text, { mode: 0o755 });
  }
  if (point.At === "do") Deno.writeTextFileSync(join(here, "script"), point.Script);
  if (!["file", "time", "call"].includes(point.At)) {
    Deno.writeTextFileSync(
      join(here, "git"),
      fill(wrapper, {
        real: git,
        here,
        git: ground.gitDir(),
        at: point.At,
        nth: point.At === "do"
          ? typeof point.Before === "number" ? point.Before : "named"
          : "Nth" in point
          ? point.Nth
          : 0,
        name: point.At === "do" && typeof point.Before === "string" ? point.Before : "/",
        ms: "Nth" in point ? point.Nth % 5 + 1 : 0,
        signal,
      }),
      { mode: 0o755 },
    );
    env.PATH = `${here}:${Deno.env.get("PATH") ?? ""}`;
  }
  const watcher = point.At === "file" || point.At === "time"
    ? Deno.watchFs(ground.dir, { recursive: true })
    : null;
  const child = start([...args], { cwd: ground.dir, env });
  Deno.writeTextFileSync(join(here, "pid"), String(child.pid));
  const tracer = point.At === "call" ? traced(child.pid, point) : null;
  const end = () => {
    try {
      child.kill(`SIG${signal}`);
    } catch {
      // It has ended by itself.
    }
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watching = watcher && (async () => {
    let left = point.At === "file" ? point.Nth : 1;
    for await (const { kind, paths } of watcher) {
      if (kind === "access") continue;
      if (!ground.begun && !paths.some((path) => path.endsWith(".journal"))) continue;
      if (--left > 0) continue;
      if (point.At === "time") timer = setTimeout(end, point.Ms);
      else end();
      return;
    }
  })();
  const { code, signal: by, stdout, stderr } = await child.output();
  clearTimeout(timer);
  await tracer?.status;
  watcher?.close();
  await watching;
  await Deno.remove(join(here, "pid")).catch(() => {});
  if (point.At === "hook") Deno.removeSync(join(ground.remote, "hooks", point.Name));
  const decoder = new TextDecoder();
  const log = await Deno.readTextFile(join(here, "log")).catch(() => "");
  const gits = log.split("\n").slice(0, -1).map((line) =>
    /^(?:-c \S+ )*(\S+)/.exec(line)?.[1] ?? line
  );
  const around = "Nth" in point ? gits[point.Nth - 1] : undefined;
  return {
    gits,
    ...(around !== undefined && { git: around }),
    code,
    signal: by,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}
