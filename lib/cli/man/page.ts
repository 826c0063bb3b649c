/** The manual page, made of the tables that the parser and the help are made of. */
import { commandNames, commands, wordOf } from "../commands.ts";
import { themes } from "../explain/names.ts";
import { hasNegative } from "../flag.ts";
import { type FlagName, flagNames, flags, has, written } from "../flags.ts";
import { everywhere, grouped } from "../help/flaggroups.ts";
import { help, helpOf, type HelpText, program } from "../help.ts";
import { released, version } from "../version.ts";
import { configuration, environment, exitStatus, files, sentence } from "./outside.ts";
import {
  bold,
  escaped,
  filled,
  italic,
  item,
  literal,
  operand,
  paragraphs,
  section,
  subsection,
} from "./roff.ts";

/** gorel.1 in man(7), the same at any time: its day is that of the version. */
export function page(): string {
  return [
    `.TH GOREL 1 ${released} ${quoted(`gorel ${version}`)}`,
    ...section("NAME"),
    `gorel ${escaped("-")} plan, release, retract and prove versions of Go modules`,
    ...section("SYNOPSIS"),
    ...filled(
      `${bold("gorel")} [${italic("COMMAND")}] [${italic("flags")}] [${italic("operands")}]`,
    ),
    ...section("DESCRIPTION"),
    ...paragraphs([program.summary, ...program.more, ...described]).slice(1),
    ...section("COMMANDS"),
    ...commandList(),
    ...section("OPTIONS"),
    ...options(),
    ...section("CONFIGURATION"),
    ...configuration(),
    ...section("ENVIRONMENT"),
    ...environment(),
    ...section(quoted("EXIT STATUS")),
    ...exitStatus(),
    ...section("FILES"),
    ...files(),
    ...section("EXAMPLES"),
    ...examples(),
    ...section(quoted("SEE ALSO")),
    ...filled(`${bold("git")}(1), ${bold("git-tag")}(1)`),
    ...paragraphs([
      "gorel help TOPIC says in plain words what Go does with versions, and what that means for a " +
      `release. The topics are: ${Object.values(themes).flat().join(", ")}.`,
      "gorel explain codes lists every problem that stops a release or warns of something; gorel " +
      "explain CODE says what it means, and the way out.",
    ]),
    "",
  ].join("\n");
}

const described = [
  "Facts are read from the repository, its remote and the module proxy; with what was chosen they " +
  "make a plan, which says every byte that will change and every ref that will move. What is " +
  "carried out is that plan. Until the push everything can be taken back with gorel undo, after it " +
  "nothing can. A release that was stopped goes on with gorel resume.",
  "Flags may stand before or behind the command. Results go to standard output, progress and " +
  "problems to standard error.",
];

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

function commandList(): string[] {
  const groups = [...new Set(commandNames.map((name) => commands[name].group))];
  // What several commands say of themselves stands at the first of them.
  const said = new Set<string>();
  const texts = ({ summary, more }: HelpText) =>
    [`${summary}.`, ...more].filter((text) => !said.has(text) && said.add(text));
  return groups.flatMap((group) => [
    ...subsection(group),
    ...commandNames.filter((name) => commands[name].group === group).flatMap((name) =>
      item(`${bold(`gorel ${wordOf(name)}`)} ${operand(commands[name].operands)}`.trimEnd(), [
        ...texts(helpOf(name)),
      ])
    ),
    ...(group === "Learn" ? item(`${bold("gorel help")} ${operand("[WORD]")}`, texts(help)) : []),
  ]);
}

function options(): string[] {
  const rows = grouped(flagNames);
  return [...new Set(rows.map(({ Heading }) => Heading))].flatMap((heading) => [
    ...subsection(heading),
    ...rows.filter(({ Heading }) => Heading === heading).flatMap(({ Name }) =>
      item(formsOf(Name), [sentence(flags[Name].help), ...where(Name)])
    ),
    ...(heading === everywhere
      ? [
        ...item(`${bold("-h")}, ${bold("--help")}`, [
          "What a command does, its flags, and examples.",
        ]),
        ...item(bold("--version"), ["The version of gorel."]),
      ]
      : []),
  ]);
}

/** Every way to write a flag: `-n, --dry-run`. */
function formsOf(name: FlagName): string {
  const { kind, long, letter, value } = flags[name];
  const behind = value === undefined ? "" : ` ${operand(value)}`;
  return [
    ...(letter === undefined ? [] : [bold(`-${letter}`) + (long === undefined ? behind : "")]),
    ...(long === undefined || kind === "off" ? [] : [bold(`--${long}`) + behind]),
    ...(hasNegative(kind) ? [bold(written(name, true))] : []),
  ].join(", ");
}

/** The commands that have a flag; nothing where all have it. */
function where(name: FlagName): string[] {
  if (flags[name].on === "everywhere") return [];
  const on = commandNames.filter((command) => has(command, name));
  const releases = commandNames.filter((command) => has(command, "dryRun"));
  const all = releases.every((command) => on.includes(command));
  const rest = on.filter((command) => !all || !releases.includes(command)).map(wordOf);
  return [`With: ${[...(all ? ["every release"] : []), ...rest].join(", ")}.`];
}

function examples(): string[] {
  return [
    ...literal(program.examples),
    ...commandNames.flatMap((name) => literal(helpOf(name).examples)),
  ].slice(1);
}
