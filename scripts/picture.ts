/**
 * `deno task picture`: README's pictures, taken of the real program on a real pseudo-terminal,
 * in a real repository with a remote and a module proxy of its own. They cannot show more than
 * the program does. Needs git and util-linux `script`.
 */
import { fileURLToPath } from "node:url";
import { machine } from "../lib/cli/machine.ts";
import { proxyServer } from "../lib/proxy/server.ts";
import { remoteModules } from "../lib/sandbox/modules.ts";
import { environment, permissions } from "../tests/support/gorel.ts";
import { Pty } from "../tests/support/pty.ts";
import { wire } from "../tests/support/wire.ts";
import { svg } from "./picture/svg.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const path = "example.com/acme/wire";
const size = { columns: 100, rows: 30 };
const down = "\x1b[B";

using repo = wire();
const services = machine({ ...environment(), ...repo.env });
const inner = proxyServer(remoteModules(() => services, repo.remote, path), services);

/** Real proxies renew their lists from time to time only: this one does so after the picture. */
async function slowly(request: Request): Promise<Response> {
  const answer = await inner.handler(request);
  if (!request.url.endsWith("/@v/list")) return answer;
  return new Response((await answer.text()).replace("v1.4.3\n", ""), answer);
}

const quiet = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
const server = Deno.serve(quiet, slowly);
const proxy = `http://127.0.0.1:${server.addr.port}`;

function open(...words: string[]): Pty {
  const program = ["run", "--quiet", "--config", `${root}deno.json`, ...permissions];
  return new Pty([Deno.execPath(), ...program, `${root}main.ts`, ...words], {
    cwd: repo.dir,
    size,
    env: { ...repo.env, NO_COLOR: undefined, GOPROXY: proxy, GOREL_MOTION: "off" },
  });
}

async function take(pty: Pty, name: string): Promise<void> {
  await Deno.mkdir(`${root}docs`, { recursive: true });
  await Deno.writeTextFile(`${root}docs/${name}.svg`, svg([...pty.cells()], size.columns));
  console.log(pty.screen());
}

/** Keys one after the other, each when the screen shows what it is for. */
async function walk(pty: Pty, steps: readonly (readonly [shown: string | RegExp, keys: string])[]) {
  for (const [shown, keys] of steps) {
    await pty.until(shown);
    await pty.type(keys);
  }
}

{
  await using pty = open();
  await pty.until("✓ proxy");
  await take(pty, "home");
  await pty.type("\r");
  await pty.until("What changed for users?");
  await take(pty, "choice");
}
{
  await using pty = open("retract");
  await walk(pty, [["Published", `${down}v`], ["range", `${down}v`], ["[x] v1.4.0", "\t"]]);
  await walk(pty, [["0 of 500", "panics on empty frames; use v1.4.3"]]);
  await pty.until("34 of 500");
  await pty.until((shown) => !shown.includes("have not answered yet"));
  await take(pty, "retract");
}
{
  await using pty = open();
  await walk(pty, [["Patch and retract", `${down.repeat(4)}`], ["a bad version is out", "\r"]]);
  await walk(pty, [["Which version is bad?", "\r"], ["What is wrong with", "\r"]]);
  await walk(pty, [["What should users", "\x15"], ["┃ ▌; use", "panics on empty frames"]]);
  await walk(pty, [["empty frames▌; use v1.4.3", "\r"]]);
  await pty.until((shown) => shown.includes("Is the fix in?") && !shown.includes("still asking"));
  await take(pty, "guided");
  await walk(pty, [["Is the fix in?", "\r"], ["carries the retraction", "n"]]);
  await walk(pty, [["Yes, like this", "n"], ["To the checks", "n"], ["go on to the plan", "n"]]);
  await walk(pty, [["Type v1.4.3 to start", "v1.4.3"], ["start: v1.4.3", "\r"]]);
  await pty.until(/proxy .{10,}/);
  await pty.until("does not have v1.4.3");
  await take(pty, "proof");
  await pty.type("\x03");
}
await server.shutdown();
