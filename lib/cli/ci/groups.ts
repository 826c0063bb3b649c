/** The log of a CI system in groups: what happens stands under titles, on standard error. */
import type { Services, Terminal } from "../../services.ts";
import type { Progress } from "../answer.ts";
import type { Flags } from "../flags.ts";

const titles = {
  checks: "Facts and checks",
  proof: "Proof before the push",
  local: "Local steps",
  push: "Push",
  users: "What users get",
} as const;

/** A part of a release. */
export type Group = keyof typeof titles;

/** The group that a terminal's log is in. */
const open = new WeakMap<Terminal, Group>();

/** Goes on in a group; nothing where there is no CI system, or nothing is told but results or events. */
export function inGroup(
  group: Group,
  { flags }: { flags: Pick<Flags, "quiet" | "events"> },
  services: Services,
): void {
  const { terminal, ci } = services;
  if (ci === undefined || flags.quiet || flags.events || open.get(terminal) === group) return;
  endGroup(services);
  open.set(terminal, group);
  const title = titles[group];
  if (ci === "github") terminal.command?.(`::group::${title}\n`);
  else if (ci === "gitlab") terminal.command?.(`${section(services, "start", group)}${title}\n`);
  else terminal.err(`${title}:\n`);
}

/** Ends the group that is open, if one is: what stands in a group may be folded away. */
export function endGroup(services: Services): void {
  const { terminal, ci } = services;
  const group = open.get(terminal);
  if (group === undefined) return;
  open.delete(terminal);
  if (ci === "github") terminal.command?.("::endgroup::\n");
  if (ci === "gitlab") terminal.command?.(`${section(services, "end", group)}\n`);
}

/** GitLab's mark of a section: seconds since 1970, a name, and back to the start of the line. */
function section({ clock }: Services, what: "start" | "end", group: Group): string {
  return `\x1b[0Ksection_${what}:${Math.floor(clock.now() / 1000)}:gorel_${group}\r\x1b[0K`;
}

/** The group that a step belongs to; undefined: to the one that is open. */
export function groupOf({ Id, Do }: Pick<Progress, "Id" | "Do">): Group | undefined {
  // A rung of the proof is called by its tag, and may be about a tag.
  if (Id.includes(":")) return "users";
  return groups[Do];
}

const groups: Readonly<Record<string, Group>> = {
  "prove": "proof",
  "write": "local",
  "commit": "local",
  "branch": "local",
  "tag": "local",
  "line": "push",
  "push": "push",
  "ask-proxy": "users",
  "verify": "users",
};
