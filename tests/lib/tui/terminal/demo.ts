/**
 * A program of one list and one field on the real full screen, for the tests beside it: it
 * shows what it heard, and its rows are the ways in which a program can end or go wrong.
 * Its words: `--focus` opens at the field, `--ascii`, `--busy` shows something under way.
 */
import { defaults } from "../../../../lib/cli/flags.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import { toChoices } from "../../../../lib/cli/options.ts";
import { styleOf } from "../../../../lib/cli/style.ts";
import { edit, fieldOf, insert } from "../../../../lib/tui/field.ts";
import { nameOf } from "../../../../lib/tui/keys.ts";
import { foreign, type Line, own } from "../../../../lib/tui/line.ts";
import type { Effect, Message, Model, Turn } from "../../../../lib/tui/model.ts";
import { type Doors, fullScreen } from "../../../../lib/tui/terminal/shell.ts";
import { signals } from "./signals.ts";

/** What Enter asks for, by row. */
const rows: Readonly<Record<string, readonly Effect[]>> = {
  "nothing": [],
  "leave": [{ Do: "exit", Code: 7, Lines: ["Left.", "  go get example.com/wire@v1.5.0"] }],
  "suspend": [{ Do: "suspend" }],
  "redraw": [{ Do: "redraw" }],
  "copy": [{ Do: "copy", Text: "gorel patch --reason 'é'" }],
  "edit": [{ Do: "edit", What: "reason", Text: "panics on empty frames" }],
  "throw in perform": [{ Do: "resume", TagName: "t", Version: "throw" }],
  "reject in perform": [{ Do: "resume", TagName: "t", Version: "reject" }],
  "throw in update": [],
  "uncaught error": [{ Do: "resume", TagName: "t", Version: "uncaught" }],
  "unhandled rejection": [{ Do: "resume", TagName: "t", Version: "unhandled" }],
  "Deno.exit": [{ Do: "resume", TagName: "t", Version: "exit" }],
  "a child on the terminal": [{ Do: "resume", TagName: "t", Version: "child" }],
  "console": [{ Do: "resume", TagName: "t", Version: "console" }],
};

const names = Object.keys(rows);

function update(model: Model, message: Message): Turn {
  const screen = model.Screens[0]!;
  if (screen.Name !== "deprecate") throw new Error("another screen");
  const note = (Note: string) => ({ ...model, Note });
  switch (message.Is) {
    case "tick":
      return [{ ...model, Now: Math.max(model.Now, message.Now) }, []];
    case "size":
      return [{ ...model, Size: message.Size }, []];
    case "signal":
      return [note(message.Name), [{ Do: "exit", Code: 100, Lines: [message.Name] }]];
    case "paste": {
      const Reason = insert(screen.Reason, message.Text);
      return [{ ...note("pasted"), Screens: [{ ...screen, Reason }] }, []];
    }
    case "failed":
      return [note(`failed: ${message.Text}`), []];
    case "note":
      return [note(message.Text), []];
    case "edited":
      return [note(`edited: ${message.Text ?? message.Why}`), []];
    case "press":
      break;
    default:
      return [model, []];
  }
  const { Press } = message;
  const by = { up: -1, down: 1 }[Press.Key as string];
  if (by !== undefined) {
    const Row = Math.min(names.length - 1, Math.max(0, screen.Row + by));
    return [{ ...model, Screens: [{ ...screen, Row }] }, []];
  }
  if (Press.Key === "enter") {
    const name = names[screen.Row]!;
    if (name === "throw in update") throw new Error("update broke");
    return [note(`chose ${name}`), rows[name]!];
  }
  const Reason = edit(screen.Reason, Press);
  if (Reason) return [{ ...model, Screens: [{ ...screen, Reason }] }, []];
  return [note(`pressed ${nameOf(Press)}`), Press.Key === "esc" ? rows.leave! : []];
}

function frame({ Screens, Size, Style, Note = "", Asking, Now }: Model): Line[] {
  const screen = Screens[0]!;
  if (screen.Name !== "deprecate") throw new Error("another screen");
  const busy = Asking === undefined ? "" : ` busy for ${Math.floor((Now - Asking) / 1000)} s`;
  const lines: Line[] = [
    [own(Style, ` demo ${Size.Columns}x${Size.Rows}`, "weight"), own(Style, busy)],
    [own(Style, "─".repeat(Size.Columns), "quiet")],
    [own(Style, " field: "), foreign(Style, screen.Reason.Text), own(Style, "▌")],
    [own(Style, " note: "), foreign(Style, Note)],
    [],
    ...names.map((name, at): Line =>
      at === screen.Row
        ? [own(Style, "  "), own(Style, "›", "focus"), own(Style, ` ${name}`)]
        : [own(Style, `    ${name}`)]
    ),
  ];
  const shown = Array.from({ length: Size.Rows }, (_, i) => lines[i] ?? []);
  shown[Size.Rows - 1] = [own(Style, " last row")];
  return shown;
}

const services = machine();
const given = toChoices("auto", [], defaults()).Choices;
const ascii = Deno.args.includes("--ascii");

const start: Model = {
  Size: { Columns: 80, Rows: 24 },
  Style: styleOf({ ascii, color: true, verbose: false }, services.env, true),
  Motion: true,
  Now: services.clock.now(),
  Sandbox: false,
  Chdir: [],
  Past: [],
  Whole: false,
  ...(Deno.args.includes("--busy") && { Asking: services.clock.now() }),
  Tickets: 0,
  Times: new Map(),
  Given: given,
  Draft: given,
  Screens: [{ Name: "deprecate", Row: 0, Reason: fieldOf("") }],
};

const doors: Doors = {
  services,
  signals,
  async perform(work, tell, suspended) {
    switch (work.Do === "resume" && work.Version) {
      case "reject":
        await Promise.resolve();
        throw new Error("perform \x1b[31mrejected");
      case "uncaught":
        setTimeout(() => {
          throw new Error("nobody caught this");
        });
        return;
      case "unhandled":
        Promise.reject(new Error("nobody handled this"));
        return;
      case "exit":
        Deno.exit(9);
        return;
      case "child": {
        const { Code } = await suspended(() =>
          services.processes.run("sh", ["-c", services.env.CHILD ?? "true"], { terminal: true })
        );
        return tell({ Is: "note", Text: `the child ended with ${Code}` });
      }
      case "console":
        console.log("said to the console");
        return tell({ Is: "note", Text: "spoke" });
    }
  },
};

// A throw before the first wait, which an async function would turn into a rejection.
const { perform } = doors;
const throwing: Doors = {
  ...doors,
  perform(work, tell, suspended) {
    if (work.Do === "resume" && work.Version === "throw") throw new Error("perform threw");
    return perform(work, tell, suspended);
  },
};

Deno.exit(await fullScreen(start, throwing, [], { update, frame }));
