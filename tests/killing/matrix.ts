/** One kill after another, each followed by `resume` or `undo`, and judged. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gorel } from "../support/gorel.ts";
import type { HttpBackend } from "../support/http-backend.ts";
import type { Random } from "../support/random.ts";
import { type Repo, run } from "../support/repo.ts";
import type { Ground, Template } from "./ground.ts";
import { type Ended, killed, type Point } from "./killer.ts";

/** A release and what it leaves when it is done. */
export interface Scenario {
  Name: string;
  Args: readonly string[];
  Version: string;
  /** Its tags in git's order, where there is not only that of the version. */
  Tags?: readonly string[];
  /** Branches that it makes. */
  Branches?: readonly string[];
  /** Files that it writes into the work tree. */
  Wrote: readonly string[];
  Commits: number;
  /** Files that it commits as they lie in the work tree. */
  Included?: readonly string[];
  /** Makes the repository one for it. */
  Prepare?: (repo: Repo) => void;
}

const always = ["--yes", "--no-wait", "--no-build", "--json"];

export const patch: Scenario = {
  Name: "patch",
  Args: ["patch", ...always],
  Version: "v1.1.1",
  Wrote: [],
  Commits: 0,
};

export const retract: Scenario = {
  Name: "retract",
  Args: ["retract", "v1.1.0", "--reason", "bad", ...always],
  Version: "v1.1.1",
  Wrote: ["go.mod"],
  Commits: 1,
};

export const fromAndSelf: Scenario = {
  Name: "retract --from --self",
  Args: ["retract", "v1.1.0", "--from", "v1.1.0", "--self", "--reason", "bad", ...always],
  Version: "v1.1.1",
  Wrote: ["go.mod"],
  Commits: 2,
};

/** With a fix that is not committed yet, and hooks that agree. */
export const including: Scenario = {
  ...patch,
  Name: "patch --include",
  Args: ["patch", "--include", "m.go", "--include", "new.bin", ...always],
  Commits: 1,
  Included: ["m.go", "new.bin"],
  Prepare: (repo) => {
    repo.write("m.go", "package m\n\n// fixed at last\n");
    repo.write("new.bin", new Uint8Array([0, 1, 2, 255]));
    for (const hook of ["pre-commit", "commit-msg", "post-commit", "pre-push"]) {
      repo.write(`.git/hooks/${hook}`, "#!/bin/sh\nexit 0\n");
      Deno.chmodSync(join(repo.dir, ".git", "hooks", hook), 0o755);
    }
  },
};

/** Commit and tag signed with a key of ssh's. */
export const signed: Scenario = {
  ...retract,
  Name: "retract --sign",
  Args: ["retract", "v1.1.0", "--reason", "bad", "--sign", ...always],
  Prepare: (repo) => {
    const key = repo.folder.join("home", "key");
    run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
    repo.git("config", "gpg.format", "ssh");
    repo.git("config", "user.signingKey", key);
    repo.git("config", "commit.gpgSign", "true");
  },
};

/** The commands of git that write. */
const writing = /^(commit-tree|hash-object|mktag|mktree|push|tag|update-index|update-ref)$/;

/**
 * Every place beside a process of git's, found out by a release that nobody stops; the first ones
 * are those before and after what writes.
 */
export async function boundaries(template: Template, scenario: Scenario): Promise<{
  Writing: Point[];
  Others: Point[];
}> {
  using ground = template.copy();
  const { code, gits, stdout } = await killed(ground, scenario.Args, {
    At: "do",
    Before: 0,
    Script: "",
  });
  assert.equal(code, 0, stdout);
  judgeReleased(ground, scenario, scenario.Name);
  const all = (["before", "after", "orphan", "inside"] as const).flatMap((At) =>
    gits.map((git, i) => ({ At, Nth: i + 1, git }))
  );
  const bounds = all.filter(({ At, git }) => writing.test(git) && /before|after/.test(At));
  const plain = ({ At, Nth }: typeof all[number]): Point => ({ At, Nth });
  return {
    Writing: bounds.map(plain),
    Others: all.filter((point) => !bounds.includes(point)).map(plain),
  };
}

export function anyPoint(random: Random): Point {
  const kind = random.int(0, 5);
  if (kind === 0) return { At: "time", Ms: random.int(0, 60) };
  if (kind <= 2) return { At: "file", Nth: random.int(1, 60) };
  return {
    At: random.pick(["before", "after", "orphan", "inside"] as const),
    Nth: random.int(1, 20),
  };
}

function judgeReleased(ground: Ground, scenario: Scenario, context: string): void {
  const { Version, Tags = [Version], Branches, Wrote, Commits, Included } = scenario;
  ground.judgeReleased(Tags, Wrote, Commits, context, Included, Branches);
}

/** Counts what was hit. */
export class Tally {
  readonly #counts = new Map<string, number>();
  kills = 0;

  hit(point: Point, ended: Ended): void {
    if (ended.signal !== null) this.kills++;
    const where = ended.signal === null ? "not reached" : `${point.At} ${ended.git ?? ""}`.trim();
    this.end(where);
  }

  end(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  toString(): string {
    const lines = [...this.#counts].sort(([a], [b]) => a < b ? -1 : 1);
    return `${this.kills} kills: ${lines.map(([what, n]) => `${what} ${n}`).join(", ")}`;
  }
}

/** Kills a release at that point, ends it in one of the two ways, and judges what there is. */
export async function killAndEnd(
  template: Template,
  scenario: Scenario,
  point: Point,
  random: Random,
  tally: Tally,
  serve: (ground: Ground) => HttpBackend | null = () => null,
): Promise<void> {
  using ground = template.copy();
  await using server = serve(ground);
  if (server) ground.reach(server.url("remote.git"));
  const first = await killed(ground, scenario.Args, point);
  tally.hit(point, first);
  const context = `${scenario.Name}, killed at ${JSON.stringify(point)} (${first.git ?? ""})`;
  if (first.signal === null) {
    // The point was not reached, or the last one of all.
    // A git that was killed may be what it stopped for.
    const may = point.At === "call" ? /^[013]$/ : /^0$/;
    assert.match(String(first.code), may, `${context}: ${first.stdout}${first.stderr}`);
  }
  await end(ground, scenario, random, tally, context);
}

/** What was taken back is in no next release's way. */
async function releaseAnew(ground: Ground, scenario: Scenario, context: string): Promise<void> {
  const ran = await gorel([...scenario.Args], { cwd: ground.dir, env: ground.env });
  assert.equal(ran.json.State, "pushed", `${context}, anew: ${ran.stdout}${ran.stderr}`);
  judgeReleased(ground, scenario, `${context}, anew`);
}

/** Resumes or undoes until nothing is unfinished, and judges. */
export async function end(
  ground: Ground,
  scenario: Scenario,
  random: Random,
  tally: Tally,
  context: string,
): Promise<void> {
  let way: "resume" | "undo" = random.pick(["resume", "undo"]);
  let kills = random.chance(0.35) ? random.int(1, 2) : 0;
  for (let tries = 0; tries < 10; tries++) {
    const args = way === "resume" ? ["resume", "--yes", "--no-wait", "--json"] : ["undo", "--json"];
    if (kills-- > 0) {
      const point = anyPoint(random);
      const ended = await killed(ground, args, point);
      context += `, ${way} killed at ${JSON.stringify(point)} (${ended.git ?? ""})`;
      tally.hit(point, ended);
      if (ended.signal !== null) {
        way = random.pick(["resume", "undo"]);
        continue;
      }
    }
    const ran = await gorel(args, { cwd: ground.dir, env: ground.env });
    const code = ran.json.Error?.Code ?? ran.json.State;
    context += `, ${way}: ${code}`;
    const said = `${context}: ${ran.stdout}${ran.stderr}`;
    if (
      code === "locked" || ran.json.Problems?.some((p: { Code: string }) => p.Code === "locked")
    ) {
      // As the sentence says: a git that was killed left its lock.
      await new Promise((resolve) => setTimeout(resolve, 500));
      for (const lock of ground.locks()) Deno.removeSync(lock);
      tally.end("lock of a killed git");
    } else if (way === "undo" && code === "version-exists") way = "resume";
    else if (code === "nothing-unfinished" || ran.code === 0) {
      const out = ground.onRemote("tag", "--list", scenario.Version) !== "";
      assert.ok(code === "nothing-unfinished" || code === (out ? "pushed" : "undone"), said);
      tally.end(`→ ${out ? "released" : "as before"}`);
      if (out) judgeReleased(ground, scenario, context);
      else {
        ground.judgeNone(context);
        if (random.chance(0.2)) await releaseAnew(ground, scenario, context);
      }
      return;
    } else assert.fail(said);
  }
  assert.fail(`${context}: no end`);
}
