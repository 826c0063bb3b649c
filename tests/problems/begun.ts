/** What was begun before: releases, plans, and another gorel at work. */
import { join } from "node:path";
import { Lock } from "../../lib/apply/lock.ts";
import { goMod } from "../support/released.ts";
import { Repo } from "../support/repo.ts";
import { type Case, gorel } from "./prove.ts";

const patch = ["patch"];
const retract = ["retract", "v1.0.0", "--reason", "panics on nil"];

async function begun(repo: Repo, ...argv: string[]): Promise<void> {
  const told = await gorel([...argv, "--yes", "--no-push"], repo.dir, repo.env);
  if (told.json.State !== "local") throw new Error(JSON.stringify(told.json));
}

async function saved(repo: Repo): Promise<void> {
  const told = await gorel(["plan", ...retract, "--no-wait", "-o", plan(repo)], repo.dir, repo.env);
  if (told.exit !== 0) throw new Error(JSON.stringify(told.json));
}

const plan = (repo: Repo) => join(repo.home, "plan.json");

export const unfinished: Case[] = [
  {
    code: "locked",
    title: "another gorel",
    argv: patch,
    hold: (r) => Lock.take(join(r.dir, ".git")),
    locks: true,
    text: /Another gorel/,
    fix: /wait/,
    accept: "not a release",
    near: {
      title: "one that has ended",
      change: (r) => Lock.take(join(r.dir, ".git"))[Symbol.dispose](),
    },
  },
  {
    code: "unfinished",
    title: "begun and not pushed: resume",
    change: (r) => begun(r, ...patch),
    argv: ["minor"],
    text: /v1\.0\.1 was begun and not pushed/,
    cure: "gorel resume v1.0.1",
    near: {
      title: "a release that has ended",
      change: async (r) => {
        await gorel(["patch", "--yes", "--no-wait"], r.dir, r.env);
        r.commit("fix: more", { "m.go": "package m // more\n" });
      },
    },
  },
  {
    code: "unfinished",
    title: "begun and not pushed: undo",
    change: (r) => begun(r, ...retract),
    argv: ["minor"],
    text: /v1\.0\.1 was begun and not pushed/,
    fix: /gorel undo/,
    cure: async (r) => void await gorel(["undo"], r.dir, r.env),
    near: {
      title: "one that was taken back",
      change: async (r) => {
        await begun(r, ...retract);
        await gorel(["undo"], r.dir, r.env);
      },
    },
  },
  {
    code: "unfinished",
    title: "pushed, and not seen everywhere yet",
    level: "note",
    change: async (r) => {
      await begun(r, ...patch);
      r.git("push", "-q", "origin", "main", "v1.0.1");
      r.commit("fix: more", { "m.go": "package m // more\n" });
    },
    argv: patch,
    text: /v1\.0\.1 was pushed, but not yet seen/,
    fix: /gorel resume v1\.0\.1/,
    near: { title: "no release was begun" },
  },
  {
    code: "unfinished",
    title: "a journal that nobody can read",
    change: (r) => r.write(".git/gorel/v1.0.1.journal", "garbage\n"),
    argv: patch,
    text: /journal .*v1\.0\.1\.journal is damaged/,
    fix: /git log and git tag/,
    accept: "not a release",
    locks: true,
    cure: (r) => Deno.removeSync(join(r.dir, ".git/gorel/v1.0.1.journal")),
    near: {
      title: "one of which not even a line was written",
      change: (r) => r.write(".git/gorel/v1.0.1.journal", '{"Format":1,"Modu'),
    },
  },
  {
    code: "nothing-unfinished",
    title: "resume without a release",
    argv: ["resume"],
    text: /No release is unfinished/,
    fix: /gorel status/,
    near: {
      title: "one was begun",
      change: (r) => begun(r, ...patch),
      argv: ["resume", "--no-wait"],
    },
  },
  {
    code: "nothing-unfinished",
    title: "undo without a release",
    argv: ["undo"],
    text: /No release is unfinished/,
    fix: /gorel status/,
    near: { title: "one was begun", change: (r) => begun(r, ...patch) },
  },
  ...(["HEAD", "the tag", "the remote", "the file", "the branch"] as const).map((what): Case => ({
    code: "moved",
    title: `${what} of a saved plan`,
    change: async (r) => {
      await saved(r);
      if (what === "HEAD") r.commit("more", { "o.go": "package m\n" });
      else if (what === "the tag") r.tag("v1.0.1");
      else if (what === "the file") r.write("go.mod", goMod + "// mine\n");
      else if (what === "the branch") r.git("switch", "-q", "-c", "other");
      else r.git("push", "-q", "origin", "main");
    },
    argv: ["apply", "--yes", "--no-wait", "../home/plan.json"],
    text: {
      "HEAD": /HEAD is .*it has moved since this plan was made/,
      "the tag": /tag v1\.0\.1 was made since/,
      "the remote": /refs\/heads\/main on origin is .*, not .* as when this plan was made/,
      "the file": /go\.mod was changed since/,
      "the branch": /branch main was left since/,
    }[what],
    fix: /make the plan again/,
    near: {
      title: "what the plan does not care for has moved",
      change: async (r) => {
        await saved(r);
        r.tag("v0.9.0", "HEAD~1");
        r.git("push", "-q", "origin", "HEAD~1:refs/heads/other");
        r.write("untracked.go", "package m\n");
      },
    },
  })),
  {
    code: "plan-invalid",
    title: "a plan that was altered",
    change: async (r) => {
      await saved(r);
      Deno.writeTextFileSync(
        plan(r),
        Deno.readTextFileSync(plan(r)).replace(/"Sum": "h1:./, '"Sum": "h1:A'),
      );
    },
    argv: ["apply", "--yes", "--no-wait", "../home/plan.json"],
    text: /altered/,
    near: { title: "the plan as it was saved", change: saved },
  },
];
