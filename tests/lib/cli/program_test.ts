import assert from "node:assert/strict";
import { join } from "node:path";
import type { Answer, Options } from "../../../lib/cli/answer.ts";
import { mayAsk } from "../../../lib/cli/ask.ts";
import { Interrupted } from "../../../lib/cli/exit.ts";
import { machine } from "../../../lib/cli/machine.ts";
import { run } from "../../../lib/cli/program.ts";
import { progressOf } from "../../../lib/cli/progress.ts";
import type { Outcome, Plan } from "../../../lib/plan/types.ts";
import { Failed, problem, Refused, UsageError } from "../../../lib/problem.ts";
import type { Services } from "../../../lib/services.ts";
import { Folder } from "../../support/repo.ts";

interface Seen {
  code: number;
  out: string;
  err: string;
  /** What was loaded, and with which options it ran. */
  command?: string;
  options?: Options;
}

type Body = (options: Options, services: Services, signal: AbortSignal) => Promise<Answer>;

const utf8 = { LANG: "C.UTF-8" };

/** Runs a command line in this process, with a command of the test's own behind it. */
async function gorel(
  argv: string[],
  body: Body = () => Promise.resolve({ Kind: "text", Text: "ran\n" }),
  given: { env?: Record<string, string>; stop?: AbortController; start?: string; tty?: boolean } =
    {},
): Promise<Seen> {
  const seen: Seen = { code: -1, out: "", err: "" };
  const services: Services = {
    ...machine({ ...utf8, ...given.env }),
    terminal: {
      interactive: given.tty ?? false,
      out: (text) => seen.out += text,
      err: (text) => seen.err += text,
      readLine: () => Promise.resolve(null),
    },
  };
  const { signal } = given.stop ?? new AbortController();
  seen.code = await run(argv, services, signal, (command) => {
    seen.command = command;
    return Promise.resolve({
      run: (options, services, signal) => {
        seen.options = options;
        return body(options, services, signal);
      },
    });
  }, given.start ?? "/");
  return seen;
}

const outcome = (State: Outcome["State"], more: Partial<Outcome> = {}): Outcome => ({
  State,
  Releases: [],
  Steps: [],
  Problems: [],
  ...more,
});

const dirty = problem("dirty", "greet.go is changed and not committed.", {
  where: { File: "greet.go" },
  fix: "git commit",
});

Deno.test("a command gets its word, operands and flags, wherever the flags stand", async () => {
  const { code, command, options } = await gorel(["-q", "--remote", "up", "patch", "sub", "-n"]);
  assert.equal(code, 0);
  assert.equal(command, "patch");
  assert.equal(options?.command, "patch");
  assert.deepEqual(options?.args, ["sub"]);
  assert.deepEqual(
    [options?.flags.quiet, options?.flags.remote, options?.flags.dryRun, options?.flags.push],
    [true, "up", true, true],
  );
  const version = await gorel(["v1.5.0"]);
  assert.deepEqual([version.command, version.options?.command], ["version", "v1.5.0"]);
  const nothing = await gorel(["--offline"]);
  assert.deepEqual([nothing.command, nothing.options?.flags.offline], ["status", true]);
  assert.deepEqual((await gorel(["apply", "-"])).options?.args, ["-"]);
});

Deno.test("several -C lead on from each other, through links as the system follows them", async () => {
  using folder = new Folder(Deno.realPathSync(Deno.makeTempDirSync()));
  Deno.mkdirSync(folder.join("a/b"), { recursive: true });
  Deno.mkdirSync(folder.join("c"));
  Deno.symlinkSync(folder.join("a/b"), folder.join("link"));
  const start = folder.path;
  const cwd = async (...argv: string[]) =>
    (await gorel([...argv, "status"], undefined, { start })).options?.cwd;
  assert.equal(await cwd(), start);
  assert.equal(await cwd("-C", ""), start);
  assert.equal(await cwd("-C", "a", "-Cb"), join(start, "a/b"));
  assert.equal(await cwd("-C", "a", "-C", folder.join("c")), folder.join("c"));
  assert.equal(await cwd("-C", "link", "-C", ".."), folder.join("a"));
  const missing = await gorel(["-C", "none", "status"], undefined, { start });
  assert.equal(missing.code, 2);
  assert.match(missing.err, /-C none: there is no such folder/);
  assert.equal(missing.command, undefined);
});

Deno.test("exit codes say how it ended", async () => {
  const notYet = problem("not-yet", "not everywhere yet.");
  const check = (problems: typeof dirty[]): Answer => ({
    Kind: "check",
    Document: { Version: "v1.0.0", Problems: problems },
  });
  const verify = (State: "published" | "pending" | "failed"): Answer => ({
    Kind: "verify",
    Document: { Module: "m", Version: "v1.0.0", State, Steps: [], Problems: [] },
  });
  const table: [Answer | Error, number][] = [
    [{ Kind: "outcome", Outcome: outcome("nothing") }, 0],
    [{ Kind: "outcome", Outcome: outcome("published") }, 0],
    [{ Kind: "outcome", Outcome: outcome("undone") }, 0],
    [{ Kind: "outcome", Outcome: outcome("local") }, 0],
    [{ Kind: "outcome", Outcome: outcome("pushed") }, 0],
    [{ Kind: "outcome", Outcome: outcome("pushed", { Problems: [notYet] }) }, 8],
    [{ Kind: "outcome", Outcome: outcome("pushed"), Exit: 8 }, 8],
    [{ Kind: "outcome", Outcome: outcome("waiting-merge") }, 8],
    [{ Kind: "outcome", Outcome: outcome("failed") }, 1],
    [{ Kind: "outcome", Outcome: outcome("stopped") }, 130],
    [check([]), 0],
    [check([dirty]), 3],
    [check([{ ...dirty, Accepted: "known" }]), 0],
    [verify("published"), 0],
    [verify("pending"), 8],
    [verify("failed"), 1],
    [new UsageError("no"), 2],
    [new Refused([dirty]), 3],
    [new Failed("no"), 1],
    [new TypeError("no"), 1],
  ];
  for (const [answer, code] of table) {
    const seen = await gorel(
      ["status"],
      () => answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer),
    );
    assert.equal(seen.code, code, JSON.stringify(answer));
  }
});

Deno.test("with --json standard output is one document, also for every error", async () => {
  const plan: Plan = {
    Format: 1,
    Releases: [],
    Base: { Commit: "c", Tree: "t" },
    Problems: [dirty],
    Steps: [],
  };
  const good = await gorel(
    ["patch", "-n", "--json"],
    () => Promise.resolve({ Kind: "plan", Plan: plan }),
  );
  assert.equal(good.out, JSON.stringify(plan, null, 2) + "\n");
  assert.equal(good.err, "");

  const note = problem("not-asked", "a note first.");
  const table: [argv: string[], thrown: Error, code: number, error: object][] = [
    [["patch", "--json"], new Refused([note, dirty]), 3, {
      Code: "dirty",
      Text: dirty.Text,
      Problems: [note, dirty],
    }],
    [["--json", "patch"], new Failed("git broke"), 1, {
      Code: "failed",
      Text: "git broke",
      Problems: [],
    }],
    [["patch", "--json"], new TypeError("x is undefined"), 1, {
      Code: "internal",
      Text: "x is undefined",
      Problems: [],
    }],
    [["patch", "--jsn", "--json"], new Error("not reached"), 2, {
      Code: "usage",
      Text: "unknown option --jsn; did you mean --json? (gorel patch --help)",
      Problems: [],
    }],
    [["v1.2", "--json"], new UsageError("v1.2 is short", "version-invalid"), 2, {
      Code: "version-invalid",
      Text: "v1.2 is short",
      Problems: [],
    }],
  ];
  for (const [argv, thrown, code, error] of table) {
    const seen = await gorel(argv, () => Promise.reject(thrown));
    assert.equal(seen.code, code);
    assert.deepEqual(JSON.parse(seen.out), { Error: error });
    assert.ok(seen.out.endsWith("}\n"));
  }
  const byVariable = await gorel(["pacth"], undefined, { env: { GOREL_JSON: "1" } });
  assert.equal(JSON.parse(byVariable.out).Error.Code, "usage");
  const asValue = await gorel(["patch", "--remote", "--json", "--nope"]);
  assert.equal(asValue.out, "", "--json is the value of --remote here");

  for (const argv of [["help"], ["patch", "--help"], ["help", "patch"]]) {
    const { out: Text } = await gorel(argv);
    const seen = await gorel(["-C", "/", "--json", ...argv]);
    assert.deepEqual([seen.code, JSON.parse(seen.out)], [0, { Text }], argv.join(" "));
  }
});

Deno.test("a document that cannot be written is an error in a sentence", async () => {
  let err = "";
  const full: Services = {
    ...machine(utf8),
    terminal: {
      interactive: false,
      out: () => {
        throw new Error("No space left on device (os error 28)");
      },
      err: (text) => err += text,
      readLine: () => Promise.resolve(null),
    },
  };
  const { signal } = new AbortController();
  const text = () => Promise.resolve({ Kind: "text" as const, Text: "ran\n" });
  const load = () => Promise.resolve({ run: text });
  assert.equal(await run(["man", "--json"], full, signal, load, "/"), 1);
  assert.equal(err, "gorel: No space left on device (os error 28)\n");
});

Deno.test("people get the result on standard output and the problems on standard error", async () => {
  const refused = await gorel(["patch"], () => Promise.reject(new Refused([dirty])));
  assert.equal(refused.out, "");
  assert.equal(
    refused.err,
    "✗ dirty greet.go is changed and not committed.\n  at greet.go\n  → git commit\n",
  );
  const warned: Answer = {
    Kind: "outcome",
    Outcome: outcome("nothing", { Problems: [problem("backport", "below the highest.")] }),
  };
  const loud = await gorel(["auto"], () => Promise.resolve(warned));
  assert.match(loud.out, /Nothing to release/);
  assert.match(loud.err, /^! backport below the highest\.\n$/);
  assert.equal((await gorel(["auto", "-q"], () => Promise.resolve(warned))).err, "");
});

Deno.test("errors show no credentials and no control characters", async () => {
  const hostile = "cannot reach https://me:secret@example.com/x\x1b[31m\x07\u202e now";
  const { err, out } = await gorel(["next", "--json"], () => Promise.reject(new Failed(hostile)));
  for (const text of [err, out]) {
    assert.match(text, /https:\/\/example\.com\/x now/);
    for (const bad of ["secret", "\x1b", "\x07", "\u202e"]) assert.ok(!text.includes(bad));
  }
});

Deno.test("a signal leaves a looking command at once and waits for a writing one", async () => {
  const stop = new AbortController();
  const never = () => new Promise<Answer>(() => stop.abort(new Interrupted("SIGTERM")));
  const left = await gorel(["status", "--json"], never, { stop });
  assert.equal(left.code, 143);
  assert.equal(JSON.parse(left.out).Error.Code, "stopped");

  const ending = (by: "SIGINT" | "SIGHUP", answer: Answer) => {
    const stop = new AbortController();
    return gorel(["patch"], () => {
      stop.abort(new Interrupted(by));
      return Promise.resolve(answer);
    }, { stop });
  };
  const stopped: Answer = { Kind: "outcome", Outcome: outcome("stopped") };
  assert.equal((await ending("SIGHUP", stopped)).code, 129);
  assert.equal((await ending("SIGINT", stopped)).code, 130);
  assert.match((await ending("SIGINT", stopped)).out, /stopped/);
  const waits: Answer = { Kind: "outcome", Outcome: outcome("pushed"), Exit: 8 };
  assert.equal((await ending("SIGINT", waits)).code, 8);
  assert.equal((await ending("SIGHUP", waits)).code, 129);
  const published: Answer = { Kind: "outcome", Outcome: outcome("published") };
  assert.equal((await ending("SIGINT", published)).code, 0);
});

Deno.test("a release asks only on a terminal, and otherwise names the missing flag", async () => {
  const asks: Body = (options, services) =>
    Promise.resolve({ Kind: "text", Text: String(mayAsk(options, services)) });
  assert.equal((await gorel(["patch"], asks, { tty: true })).out, "true");
  assert.equal((await gorel(["patch", "-y"], asks, { tty: true })).out, "false");
  assert.equal((await gorel(["patch", "-n"], asks)).out, "false");
  assert.equal((await gorel(["plan", "patch"], asks)).out, "false");
  const table: [argv: string[], tty: boolean, sentence: RegExp][] = [
    [["patch"], false, /nobody can be asked here: add --yes to go ahead, or --dry-run/],
    [["patch", "--json"], true, /with --json nothing is asked: add --yes/],
    [["undo"], false, /add --yes to go ahead$/m],
  ];
  for (const [argv, tty, sentence] of table) {
    const seen = await gorel(argv, asks, { tty });
    assert.equal(seen.code, 2);
    assert.match(seen.err, sentence);
  }
});

Deno.test("progress is lines for people, JSON lines for programs, and silent with -q", async () => {
  const steps: Body = (options, services) => {
    const tell = progressOf(options, services);
    tell({ Id: "tag", Do: "tag", State: "begun" });
    tell({ Id: "tag", Do: "tag", State: "done", Detail: "v1.0.1\x1b[2J", Ms: 210 });
    tell({ Id: "list", Do: "list", State: "waiting", Detail: "not there yet" });
    tell({ Id: "list", Do: "list", State: "waiting", Detail: "not there yet" });
    tell({ Id: "push", Do: "push", State: "failed", Detail: "what the problem says" });
    return Promise.resolve({ Kind: "outcome", Outcome: outcome("published") });
  };
  assert.equal(
    (await gorel(["patch", "-y"], steps)).err,
    "  ✓ tag                v1.0.1  0.2 s\n  ◐ list               waiting: not there yet\n" +
      "  ✗ push\n",
  );
  const events = (await gorel(["patch", "-y", "--events", "--json"], steps)).err.trimEnd();
  assert.deepEqual(events.split("\n").map((line) => JSON.parse(line).State), [
    "begun",
    "done",
    "waiting",
    "waiting",
    "failed",
  ]);
  assert.match(events, /"what the problem says"/);
  assert.equal((await gorel(["patch", "-y", "-q"], steps)).err, "");
});

Deno.test("colours and symbols follow the terminal, its locale and the flags", async () => {
  const body: Body = () => Promise.resolve({ Kind: "outcome", Outcome: outcome("published") });
  const out = async (argv: string[], env: Record<string, string>, tty = true) =>
    (await gorel(["patch", ...argv], body, { env: { LANG: "", ...env }, tty })).out;
  const coloured = "\x1b[32m✓\x1b[0m The release is published.\n";
  const plain = "✓ The release is published.\n";
  assert.equal(await out([], utf8), coloured);
  assert.equal(await out([], utf8, false), plain);
  assert.equal(await out(["--no-color"], utf8), plain);
  assert.equal(await out([], { ...utf8, NO_COLOR: "1" }), plain);
  assert.equal(await out([], { ...utf8, GOREL_NO_COLOR: "1" }), plain);
  assert.equal(await out([], { ...utf8, TERM: "dumb" }), plain);
  const ascii = "ok   The release is published.\n";
  assert.equal(await out(["--ascii"], utf8, false), ascii);
  assert.equal(await out([], {}, false), ascii);
  assert.equal(await out([], { LANG: "en_US.ISO-8859-1" }, false), ascii);
  assert.equal(await out([], { LC_ALL: "C", LANG: "en_US.UTF-8" }, false), ascii);
  assert.equal(await out([], { LC_CTYPE: "en_US.utf8", LANG: "C" }, false), plain);
});
