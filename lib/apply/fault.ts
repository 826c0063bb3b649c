/** What the machine refuses, in a sentence. */
import { Failed, problem } from "../problem.ts";
import { clean } from "../text.ts";

/** The errors of a system by their POSIX names, as people call them. */
const names: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full",
  EDQUOT: "The disk quota is used up",
  EFBIG: "A file would become larger than is allowed",
  EROFS: "The file system is read-only",
  EACCES: "There is no permission to write",
  EPERM: "There is no permission to write",
  EIO: "The disk does not answer",
};

/** Ends what a full or read-only disk causes. */
const fix = "make room, or give the right to write, and try again";

/** An error of any kind as a failure in one sentence; one that is a failure already stays as it is. */
export function faultOf(error: unknown): Failed {
  if (error instanceof Failed) return error;
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  const said = clean(String(message ?? error)).replace(/ \(os error \d+\)/, "");
  const name = names[String(code)];
  if (name === undefined) return new Failed(`The step broke off: ${said.replace(/\.$/, "")}.`);
  const where = /(?::|,) ((?:\w+ )?'.*')$/.exec(said)?.[1] ?? said;
  const text = `${name}: ${where}.`;
  return new Failed(text, [problem("failed", text, { fix })]);
}
