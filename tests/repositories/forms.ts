/** A table of forms of repository: what makes one, and what comes of a release in it. */
import assert from "node:assert/strict";
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

/**
 * One test a form: the whole of a patch, a retraction and (where the form has a part in it) an
 * undo works, or is refused before the first write.
 */
export function test(forms: readonly Form[], { undo = true } = {}): void {
  for (const form of forms) {
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
        const { Sums, Notes } = await worksIn(ground, undo);
        form.still?.(ground);
        if (!form.differs) assert.deepEqual(Sums, usual);
        assert.equal(Notes.includes("written-by-git"), form.byGit ?? false);
      },
    });
  }
}
