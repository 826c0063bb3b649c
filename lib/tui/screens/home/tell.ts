/** Home in plain lines, for those who see no screen. */
import { bad, modulePath } from "../../../sandbox/sample.ts";
import { clean, count } from "../../../text.ts";
import { textOf } from "../../line.ts";
import type { Model } from "../../model.ts";
import { because } from "./actions.ts";
import { stateOf } from "./draw.ts";
import { factRows } from "./rows.ts";
import { seen, warningsOf } from "./seen.ts";

/** Where the module stands, what is advised and why, what is unfinished or wrong. */
export function tellHome(model: Model): string[] {
  if (model.Lost) {
    return model.Lost.flatMap((p) => [
      `${p.Code}: ${clean(p.Text)}`,
      ...(p.Fix === undefined ? [] : [`What helps: ${clean(p.Fix)}`]),
    ]);
  }
  const known = seen(model);
  if (!known) return ["Reading the repository."];
  const { Advised, Evidence, NotChecked } = known.Advice;
  const state = textOf(stateOf({ ...model, Style: { ...model.Style, ascii: false } }))
    .replace(/ ↑(\d+) ↓(\d+)/, ", $1 ahead, $2 behind");
  return [
    `${clean(known.Module.Path)}, ${state}`,
    ...(model.Sandbox ? ["This is the sandbox: nothing leaves this machine."] : []),
    ...(model.Sandbox && known.Module.Path === modulePath && known.Retracted.length === 0
      ? [`Start with Patch and retract: ${bad.Version} is out, and panics. The fix is on main.`]
      : []),
    ...factRows(model).map((row) => `${row.Name}: ${textOf(row.Value)}`),
    ...(Advised
      ? [
        `Advised: ${Advised.Version} (${Advised.Bump}): ${because(known.Advice, known.Module)}.`,
        ...Evidence.slice(0, 10).map((e) => `  ${clean(e.Text)}`),
        ...(Evidence.length > 10 ? [`  … ${Evidence.length - 10} more`] : []),
        ...NotChecked.map((text) => `Not checked: ${clean(text)}.`),
      ]
      : []),
    ...known.Facts.Unfinished.map((u) =>
      u.Pushed
        ? `${clean(u.TagName)} is out, and not seen everywhere yet: gorel resume goes on.`
        : `${clean(u.TagName)} unfinished: ${clean(u.After)}. gorel resume goes on.`
    ),
    ...(warningsOf(model).length > 0 ? [`${count(warningsOf(model).length, "warning")}:`] : []),
    ...warningsOf(model).map((p) =>
      `  ${p.Code}: ${clean(p.Text)}${p.Fix === undefined ? "" : ` (${clean(p.Fix)})`}`
    ),
  ];
}
