/** Commands of `.gorel.toml` while a release is carried out, and at its end. */
import { strict as assert } from "node:assert";
import { problem } from "../../../../lib/problem.ts";
import type { StepNews } from "../../../../lib/apply/account.ts";
import { quitExit, reachOf } from "../../../../lib/tui/exits.ts";
import type { Message, Model } from "../../../../lib/tui/model.ts";
import { parting, reach } from "../../../../lib/tui/parting.ts";
import { behaviourOf } from "../../../../lib/tui/screens.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { steps } from "../../../../lib/tui/plain/steps.ts";
import { picture } from "../../../support/pictures.ts";
import { sizes, wire } from "../../../support/wire.ts";
import {
  after,
  climbed,
  command,
  commanded,
  crossing,
  local,
  outcome,
  planOf,
  press,
  pushed,
  resumed,
  reviewOf,
  started,
  step,
  tick,
} from "./planned.ts";

const repo = wire();
const review = await reviewOf(repo, ["retract", "v1.4.1"], { reason: "leaks", from: "v1.4.2" });
repo[Symbol.dispose]();

const begun = started(commanded(review, [
  command("before write", "go generate ./..."),
  command("before push", "go vet ./..."),
  command("before push", "go test -race ./..."),
  command("after push", "./announce.sh"),
  command("after verify", "./celebrate.sh"),
], "agreed"));
const plan = planOf(review);

/** What apply tells of a command. */
function told(Id: string, State: StepNews["State"], Detail: string, Ms?: number): Message {
  return step({ Id, Do: "command", State, Detail, ...(Ms !== undefined && { Ms }) });
}

const early = told("before-write-1", "begun", "go generate ./...");
const [vetted] = after(
  begun,
  early,
  told("before-write-1", "done", "go generate ./...", 900),
  ...local(plan),
  told("before-push-1", "begun", "go vet ./..."),
  told("before-push-1", "done", "go vet ./...", 1500),
  tick(2),
  told("before-push-2", "begun", "go test -race ./..."),
  { Is: "output", Text: "ok \x1b[32mexample.com\x1b[0m/acme/wire 0.2s\n" },
  tick(9),
);
const [published] = after(
  vetted,
  told("before-push-2", "done", "go test -race ./...", 7000),
  ...crossing,
  pushed(plan),
  told("after-push-1", "begun", "./announce.sh"),
  tick(10),
);

function rowsOf(model: Model): string[] {
  return picture(model, sizes.normal).split("\n").filter((row) => /^ .\S? +\d+ /.test(row));
}

Deno.test("the commands of one place are a row: which runs, and how many there are", () => {
  const row = (model: Model, words: string) =>
    rowsOf(model).find((r) => r.includes(words)) ?? assert.fail(rowsOf(model).join("\n"));
  assert.match(row(begun, "before push"), /^ {2}· +6 run +before push: 2 commands: go vet/);
  assert.match(row(vetted, "before write"), /^ {2}✓ +1 run +before write: go generate .* 0\.9 s$/);
  assert.match(row(vetted, "before push"), /[◐◓◑◒] +6 run .*: 2 of 2: go test -race .* 7\.0 s$/);
  assert.match(row(published, "before push"), /✓ +6 run +before push: 2 commands.* 8\.5 s$/);
  assert.match(row(published, "after push"), /[◐◓◑◒] +8 run +after push: \.\/announce/);
  const text = picture(vetted, sizes.normal);
  assert.match(text, /output of the command before push[^]*ok example\.com\/acme\/wire/);
  assert.ok(text.indexOf("6 run") < text.indexOf("━━ nobody"));
  const [failed] = after(vetted, told("before-push-2", "failed", "go test -race ./...", 7000));
  assert.match(row(failed, "before push"), /✗ +6 run +before push: 2 of 2: go test -race/);
});

Deno.test("before the first step nothing is written, and ^C says what it ends", () => {
  const [running] = after(begun, early, tick(1));
  assert.equal(reach(running), "nothing changed yet");
  assert.match(picture(running, sizes.normal), /gorel itself has\s+written nothing yet/);
  const [asked, effects] = after(running, ...press("^c"));
  assert.deepEqual(effects, [{ Do: "stop" }]);
  assert.match(
    picture(asked, sizes.normal),
    /Stopping: the command is ended\. Nothing was written/,
  );
  const [, gone] = after(asked, outcome(plan, "stopped"));
  assert(gone[0]?.Do === "exit");
  assert.equal(gone[0].Code, 130);
  assert.doesNotMatch(gone[0].Lines.join("\n"), /resume|undo/);
  assert.equal(reach(vetted), "undo: gorel undo");
  assert.match(
    picture(after(vetted, ...press("^c"))[0], sizes.normal),
    /the command that runs is ended\. Then gorel resume v1\.4\.3/,
  );
});

Deno.test("one that fails before anything was written leads back to the checks", () => {
  const text = "The command before write (go generate ./...) failed (exit 1): no such file.";
  const refusal = problem("command-failed", text, { fix: "mend what it says, then release again" });
  const [failed] = after(begun, early, told("before-write-1", "failed", "go generate ./..."), {
    Is: "failed",
    Of: "apply",
    Text: text,
    Problems: [refusal],
  });
  assert.equal(top(failed).Name, "done");
  assert.equal(reachOf(failed), "nothing");
  assert.equal(quitExit(failed), 3);
  const screen = picture(failed, sizes.normal);
  assert.match(screen, /was not begun: nothing was written[^]*command-failed/);
  assert.match(screen, /› back to the checks/);
  const [checks, effects] = after(failed, ...press("enter"));
  assert.equal(top(checks).Name, "preflight");
  assert(effects.some((e) => e.Do === "plan"));
});

Deno.test("one that fails before the push leaves resume and undo", () => {
  const text = "The command before push (go test -race ./...) failed (exit 1): FAIL.";
  const [failed] = after(
    vetted,
    told("before-push-2", "failed", "go test -race ./..."),
    outcome(plan, "failed", {
      Problems: [problem("command-failed", text, { fix: "mend what it says, then gorel resume" })],
      Next: "gorel resume v1.4.3, or gorel undo",
    }),
  );
  assert.equal(quitExit(failed), 1);
  for (const size of Object.values(sizes)) {
    assert.match(picture(failed, size), /go on[^]*take it back/);
  }
  assert.match(picture(failed, sizes.normal), /Nothing has left this\s+machine[^]*go test -race/);
});

Deno.test("one that fails behind the push is a warning: the release is out", () => {
  const text = "The command after push (./announce.sh) failed (exit 7): no network.";
  const warning = problem("command-failed-behind", text, { fix: "run the command again by hand" });
  const [done] = after(
    published,
    told("after-push-1", "failed", "./announce.sh"),
    ...climbed(plan, "end"),
    outcome(plan, "published", { Problems: [...plan.Problems, warning] }),
  );
  assert.equal(quitExit(done), 0);
  assert.match(picture(done, sizes.normal), /v1\.4\.3 is published[^]*! The command after push/);
  assert.match(behaviourOf(top(done)).tell(done, top(done)).join("\n"), /exit 7.*by hand/);
  assert.match(parting(done).join("\n"), /^Released [^]*exit 7\): no network\.$/);
  assert.ok(parting(done).length <= 4);
});

Deno.test("what runs while the proof is shown is said there", () => {
  const last = told("after-verify-1", "begun", "./celebrate\x1b[2J.sh");
  const [proof] = after(published, told("after-push-1", "done", ""), ...climbed(plan, "end"), last);
  assert.equal(top(proof).Name, "proof");
  for (const size of Object.values(sizes)) {
    assert.match(picture(proof, size), /ow runs after verify/);
  }
  assert.match(
    picture(proof, sizes.normal),
    /◐ v1\.4\.3 is out\. Now runs after verify: .*elebrate/,
  );
  const [over] = after(proof, told("after-verify-1", "done", "./celebrate.sh"));
  assert.doesNotMatch(picture(over, sizes.normal), /ow runs/);
});

Deno.test("of a release that was begun before, each that was heard of has its row", () => {
  const again = resumed(review, "resume", "v1.4.3");
  const [model] = after(again, ...local(plan), told("before-push-1", "begun", "go vet ./..."));
  assert.match(picture(model, sizes.normal), /run +before push: go vet/);
  assert.deepEqual(
    steps(again, after(model, told("before-push-1", "done", "x", 2000))[0]).at(-1),
    "✓ before push  x  2.0 s",
  );
});
