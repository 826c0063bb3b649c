/** A table of forms of repository: what makes one, and what comes of a release in it. */
import assert from "node:assert/strict";
import { cases } from "../support/random.ts";
import { type Begin, Ground } from "./ground.ts";
import { refusedIn, worksIn } from "./judge.ts";

export interface Form {
  /** The form, as the test's name has it. */
  is: string;
  begin?: Begin;
  /** Turns the ground into the form. */
  make?: (ground: Ground) => void;
  /** The form is really there, and still is afterwards. */
  still?: (ground: Ground) => void;
  /** Codes and words of the refusal; absent: everything works. */
  refused?: readonly [code: string, says: RegExp];
  /** True where only what makes a commit is refused. */
  commits?: boolean;
  /** True where the module has other files than in every other form. */
  differs?: boolean;
  /** True where git writes the objects and the plan says so. */
  byGit?: boolean;
  /** Why the form cannot be had here. */
  missing?: string;
}

/** The hashes that the module has in every form that does not change its contents. */
const usual = [
  "h1:2sxBXRv/gcWutEGzf8bnk9hyQSwUXjvYRVBdZfbCAKI=",
  "h1:9tJO72yiDMOL48ZCIbkjtzipb/O01F4L8TVrWRg0t+w=",
];

/** The hash of a retraction of v1.0.0 by v1.0.1. */
const retractedAtOnce = "h1:CDxPkjSW/suikHb70bBBWSEwUk+1Z+6zsMl+Oa6lu04=";

/**
 * One test a form: a patch, a retraction and (where the form has a part in it) an undo work, or
 * are refused before the first write. The retraction, which writes all that a release writes, is
 * made in every form; the patch and the undo in turns, and in the soak everywhere.
 */
export function test(forms: readonly Form[], { undo = true, patch: always = false } = {}): void {
  const turns = cases(3, 1);
  for (const [n, form] of forms.entries()) {
    const patch = always || n % turns === 0;
    const back = undo && (always || n % turns === Math.min(1, turns - 1));
    const outcome = form.refused ? `is refused: ${form.refused[0]}` : "takes releases";
    const skipped = form.missing === undefined ? "" : ` (skipped: ${form.missing})`;
    Deno.test({
      name: `${form.is} ${outcome}${skipped}`,
      ignore: form.missing !== undefined,
      // What cannot be read refuses the release while other reading goes on.
      sanitizeOps: false,
      async fn() {
        using ground = new Ground(form.begin);
        form.make?.(ground);
        form.still?.(ground);
        if (form.refused) return await refusedIn(ground, form.refused, form.commits ?? false);
        const { Sums, Notes } = await worksIn(ground, patch, back);
        form.still?.(ground);
        if (!form.differs) assert.deepEqual(Sums, patch ? usual : [retractedAtOnce]);
        assert.equal(Notes.includes("written-by-git"), form.byGit ?? false);
      },
    });
  }
}
