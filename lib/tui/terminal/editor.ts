/** A text in the maintainer's own editor. */
import type { Services } from "../../services.ts";
import type { Edited } from "../model.ts";

const names: Readonly<Record<Edited, string>> = {
  "reason": "REASON",
  // Editors know how to colour these.
  "commit-message": "COMMIT_EDITMSG",
  "tag-message": "TAG_EDITMSG",
  "go.mod": "go.mod",
};

/** What came out of the editor; null, and why, when nothing is to be taken over. */
export type Result = { readonly Text: string } | { readonly Text: null; readonly Why: string };

/**
 * Has a text edited by `$VISUAL`, `$EDITOR` or vi, started as git starts it: by the shell, for
 * it may have options. The text lies in a folder that only this user can read, and is removed.
 */
export async function edited(
  { env, processes }: Pick<Services, "env" | "processes">,
  what: Edited,
  text: string,
): Promise<Result> {
  const editor = env.VISUAL || env.EDITOR || "vi";
  const folder = await Deno.makeTempDir({ prefix: "gorel-edit-" });
  try {
    const file = `${folder}/${names[what]}`;
    const end = text === "" || text.endsWith("\n") ? "" : "\n";
    await Deno.writeTextFile(file, text + end, { mode: 0o600, createNew: true });
    const { Code } = await processes.run("sh", ["-c", `${editor} "$@"`, editor, file], {
      terminal: true,
      timeout: 0,
    });
    if (Code !== 0) {
      return nothing(`The editor ended with exit code ${Code}; nothing was taken over.`);
    }
    if ((await Deno.stat(file)).size > 1 << 20) return nothing("The text is longer than 1 MiB.");
    const saved = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(await Deno.readFile(file));
    // An editor ends the last line, which the text of a field does not have.
    const Text = what === "go.mod" ? saved : saved.replace(/\s+$/, "");
    if (Text === text || saved === text + end) return nothing("Nothing was changed in the editor.");
    return { Text };
  } catch (error) {
    if (error instanceof TypeError) return nothing("The edited text is not UTF-8.");
    if (error instanceof Deno.errors.NotFound) return nothing("The edited file is gone.");
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function nothing(Why: string): Result {
  return { Text: null, Why };
}
