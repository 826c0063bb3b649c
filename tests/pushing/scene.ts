/** A module with a remote behind each transport, and gorel run in this process against it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { run as released } from "../../commands/release.ts";
import { run as planned } from "../../commands/plan.ts";
import { run as resumed } from "../../commands/resume.ts";
import { run as undone } from "../../commands/undo.ts";
import type { CommandModule } from "../../lib/cli/answer.ts";
import { codeOfError, exitOf, exitOfError } from "../../lib/cli/exit.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import { Failed, type Problem, Refused } from "../../lib/problem.ts";
import type { Services } from "../../lib/services.ts";
import { HttpBackend } from "../support/http-backend.ts";
import { type Cut, receivePack, setFault } from "../support/receive-pack.ts";
import { released as withRelease } from "../support/released.ts";
import { type Repo, run, snapshotFolder } from "../support/repo.ts";
import { needsSshd, SshServer } from "../support/ssh-server.ts";

export const retract = ["retract", "v1.0.0", "--reason", "panics on nil"];

/** What a command came to. */
export interface Ended {
  code: number;
  /** Of an outcome. */
  State?: string;
  Next?: string;
  /** The code of the problem that stopped it or made it fail; "" for none. */
  Code: string;
  /** That problem's sentence and way out. */
  Text: string;
  Fix: string;
  /** Everything that was printed or returned. */
  said: string;
}

/** Something done right before, or after, gorel starts a git of that name. */
export type Meanwhile = Partial<Record<"beforePush" | "afterPush", () => void>>;

const commands: Record<string, CommandModule["run"]> = {
  retract: released,
  plan: planned,
  resume: resumed,
  undo: (options, services) => undone(options, services),
};

/** Runs gorel in this process; what it would wait for a server to finish is not waited for. */
export async function gorel(
  repo: Repo,
  argv: string[],
  { env = {}, meanwhile = {} }: { env?: Record<string, string>; meanwhile?: Meanwhile } = {},
): Promise<Ended> {
  const path = Deno.env.get("PATH") ?? "";
  const real = machine({ PATH: path, GOENV: "off", GOPROXY: "off", ...repo.env, ...env });
  const words: string[] = [];
  const services: Services = {
    ...real,
    clock: { ...real.clock, sleep: () => Promise.resolve() },
    terminal: {
      interactive: false,
      out: (text) => words.push(text),
      err: (text) => words.push(text),
      readLine: () => Promise.resolve(null),
    },
    processes: {
      async run(program, args, options) {
        const pushes = program === "git" && args.includes("push");
        if (pushes) meanwhile.beforePush?.();
        const result = await real.processes.run(program, args, options);
        if (pushes) meanwhile.afterPush?.();
        return result;
      },
    },
  };
  const asks = argv[0] === "undo" ? [] : ["--no-wait"];
  const line = parse([...argv, ...asks, "--json"], {});
  if ("Help" in line) throw new Error("help");
  const options = {
    command: line.word,
    args: line.args,
    flags: { ...line.flags, yes: true },
    cwd: repo.dir,
  };
  const signal = new AbortController().signal;
  try {
    const answer = await (commands[line.word] ?? released)(options, services, signal);
    assert.ok(answer.Kind === "outcome", answer.Kind);
    const { State, Next, Problems } = answer.Outcome;
    return {
      code: exitOf(answer, signal),
      State,
      ...(Next !== undefined && { Next }),
      ...told(Problems),
      said: JSON.stringify(answer) + words.join(""),
    };
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Failed)) throw error;
    return {
      code: exitOfError(error),
      ...told(error.problems),
      Code: codeOfError(error),
      said: error.message + JSON.stringify(error.problems) + words.join(""),
    };
  }
}

function told(problems: readonly Problem[]): Pick<Ended, "Code" | "Text" | "Fix"> {
  const found = problems.find((p) => p.Level === "stop");
  return { Code: found?.Code ?? "", Text: found?.Text ?? "", Fix: found?.Fix ?? "" };
}

export type Kind = "file" | "http" | "ssh";

/** A released module, one commit ahead of its remote, which is reached in one way. */
export interface Scene {
  kind: Kind;
  repo: Repo;
  env: Record<string, string>;
  /** Breaks the pushes from now on, or mends them. */
  break(fault: Cut | "none"): void;
  gorel(argv: string[], meanwhile?: Meanwhile): Promise<Ended>;
}

/** Runs a test over a path, over HTTP with credentials in the URL, and over ssh. */
export function eachTransport(name: string, test: (scene: Scene) => Promise<void>): void {
  Deno.test(`${name} (file)`, async () => {
    using repo = withRelease();
    repo.git("config", "remote.origin.url", `file://${repo.remote}`);
    repo.git("config", "remote.origin.receivepack", receivePack(repo.folder.path));
    await within("file", repo, {}, (fault) => setFault(repo.folder.path, fault), test);
  });
  Deno.test(`${name} (http)`, async () => {
    using repo = withRelease();
    repo.onRemote("config", "http.receivepack", "true");
    await using server = new HttpBackend(repo.folder.path, repo.env);
    repo.git("config", "remote.origin.url", server.url("remote.git", "ada:s3cret@"));
    await within("http", repo, {}, (fault) => server.fault = fault, test);
  });
  Deno.test({
    ...needsSshd(`${name} (ssh)`),
    fn: async () => {
      using repo = withRelease();
      const folder = repo.folder.join("ssh");
      await using server = await SshServer.start(folder, repo.env);
      repo.git("config", "remote.origin.url", server.url(repo.remote));
      await within("ssh", repo, server.env(), (fault) => setFault(folder, fault), test);
    },
  });
}

async function within(
  kind: Kind,
  repo: Repo,
  env: Record<string, string>,
  breaks: Scene["break"],
  test: (scene: Scene) => Promise<void>,
): Promise<void> {
  const ran: Ended[] = [];
  await test({
    kind,
    repo,
    env,
    break: breaks,
    gorel: async (argv, meanwhile = {}) => {
      const ended = await gorel(repo, argv, { env, meanwhile });
      ran.push(ended);
      keepsSecrets(repo, [ended.said]);
      return ended;
    },
  });
  sound(repo);
}

/** No credentials in what was said, nor in the journal. */
export function keepsSecrets(repo: Repo, said: string[]): void {
  const journals = join(repo.dir, ".git", "gorel");
  const stored = exists(journals) ? JSON.stringify(snapshotFolder(journals)) : "";
  for (const text of [...said, stored]) assert.doesNotMatch(text, /s3cret/);
}

export function exists(path: string): boolean {
  try {
    return Deno.lstatSync(path) !== null;
  } catch {
    return false;
  }
}

/** Both repositories are whole, and what was pushed came in one piece. */
export function sound(repo: Repo): void {
  repo.git("fsck", "--strict");
  run("git", ["fsck", "--strict"], { cwd: repo.remote, env: repo.env });
}

/** The refs of the remote, as lines. */
export function remoteRefs(repo: Repo): string {
  return repo.onRemote("for-each-ref", "--format=%(refname) %(objectname)");
}

/** The remote has the branch and the tag of here: the one release. */
export function releasedOnce(repo: Repo, tag = "v1.0.1"): void {
  assert.equal(repo.onRemote("tag", "--list"), `v1.0.0\n${tag}`);
  assert.equal(
    repo.onRemote("rev-parse", "main", tag),
    repo.git("rev-parse", "main", tag),
  );
  assert.ok(!exists(join(repo.dir, ".git", "gorel")), "nothing is left to be done");
  assert.equal(repo.git("status", "--porcelain"), "");
}

/** A remote hook; the script goes on after its first line. */
export function remoteHook(repo: Repo, name: string, script: string): void {
  const hooks = join(repo.remote, "hooks");
  Deno.mkdirSync(hooks, { recursive: true });
  Deno.writeTextFileSync(join(hooks, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** Somebody else's clone, in which git is run as them; they reach the remote by its path. */
export function colleague(repo: Repo): (...args: string[]) => void {
  const dir = repo.folder.join("colleague");
  run("git", ["clone", "-q", repo.remote, dir], { env: repo.env });
  return (...args) => void run("git", args, { cwd: dir, env: repo.env });
}
