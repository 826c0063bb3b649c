/** The sample's history as a stream for `git fast-import`: commits on main, annotated tags. */
import { encode } from "../text.ts";
import { author, type SampleCommit } from "./sample.ts";

/** The length in front of data counts bytes. */
function data(text: string): string {
  return `data ${encode(text).length}\n${text}\n`;
}

/**
 * Gives the stream that makes the commits, oldest first, and their tags. The same commits
 * give the same bytes, and so the same object ids.
 */
export function importStream(commits: readonly SampleCommit[]): string {
  const out: string[] = [];
  for (const [i, commit] of commits.entries()) {
    const mark = i + 1;
    const who = `${author.Name} <${author.Email}> ${Date.parse(commit.At) / 1000} +0000`;
    out.push(
      `commit refs/heads/main\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n`,
      data(commit.Message),
      ...(i > 0 ? [`from :${i}\n`] : []),
      ...Object.entries(commit.Files).map(([path, text]) =>
        `M 100644 inline ${path}\n${data(text)}`
      ),
    );
    if (commit.Tag) {
      const { Name, Message } = commit.Tag;
      out.push(`tag ${Name}\nfrom :${mark}\ntagger ${who}\n`, data(Message));
    }
  }
  return out.join("") + "done\n";
}
