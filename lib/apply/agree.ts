/** Agreeing to the commands of `.gorel.toml`: they are code from a repository, and run as the maintainer. */
import { type Command, digestOf, shownCommand } from "../config/commands.ts";
import { agreedFile, agreedIn, isAgreed } from "../journal/agreed.ts";
import { journalFolder } from "../journal/journal.ts";
import { commandsOf } from "../plan/commands.ts";
import type { Plan } from "../plan/types.ts";
import { type Problem, problem, Refused } from "../problem.ts";
import { count, encode, withoutCredentials } from "../text.ts";
import { remove } from "./disk.ts";
import { faultOf } from "./fault.ts";
import { foreign } from "./lock.ts";

/** So many digests are kept, the latest ones. */
const most = 1000;

/**
 * Remembers in the repository's own folder that somebody agreed to the commands with this digest.
 * No symbolic link is followed: one in place of the folder is refused, one in place of the file
 * replaced. Throws Failed where nothing can be written.
 */
export function remember(commonDir: string, digest: string): void {
  const before = agreedIn(commonDir);
  if (before.includes(digest)) return;
  const folder = journalFolder(commonDir);
  const fault = foreign(folder, (found) => found.isDirectory);
  if (fault) throw new Refused([fault]);
  const file = agreedFile(commonDir);
  const fresh = `${file}.new`;
  try {
    Deno.mkdirSync(folder, { recursive: true });
    remove(fresh, { recursive: true });
    const lines = [...before, digest].slice(-most).map((line) => `${line}\n`);
    Deno.writeFileSync(fresh, encode(lines.join("")), { createNew: true, mode: 0o600 });
    Deno.renameSync(fresh, file);
  } catch (error) {
    throw faultOf(error);
  }
}

/**
 * Lets a plan through whose commands somebody has agreed to, here before or by their digest
 * (`given`), which is then remembered. Refused (`commands-not-agreed`) otherwise, with nothing
 * written; a plan that runs none needs no agreement.
 */
export function mustAgree(commonDir: string, plan: Plan, given: string | undefined): void {
  const { Commands = [] } = plan;
  if (commandsOf(plan).length === 0 || isAgreed(commonDir, Commands)) return;
  if (given !== digestOf(Commands)) throw new Refused([notAgreed(Commands, given)]);
  remember(commonDir, given);
}

/** Nobody has agreed to these commands; `given` is a digest that is not theirs. */
export function notAgreed(commands: readonly Command[], given?: string): Problem {
  const which = given === undefined
    ? "Nobody has agreed here to the"
    : "The digest that was given is not that of the";
  const [runs, them] = commands.length === 1 ? ["runs", "it"] : ["run", "them"];
  const head = `${which} ${count(commands.length, "command")} of .gorel.toml, which ${runs}`;
  const listed = commands.map(({ When, Step, Run }) =>
    `${When} ${Step} \`${shownCommand(Run).join(" ⏎ ")}\``
  );
  const whole = `${head} with your rights: ${listed.join(", ")}.`;
  const digest = digestOf(commands);
  // A problem loses what looks like credentials, and nobody agrees to a part of what runs.
  return withoutCredentials(whole) === whole
    ? problem("commands-not-agreed", whole, { fix: `read ${them}, then --agree ${digest}` })
    : problem(
      "commands-not-agreed",
      `${head} with your rights; what looks like the credentials of a URL is not shown here.`,
      { fix: `read ${them} with gorel config, then --agree ${digest}` },
    );
}
