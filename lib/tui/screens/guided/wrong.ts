/** Step 1: which version is bad, how, and what its users are to read. */
import { foreign, leftRight, line, own } from "../../line.ts";
import type { Model } from "../../model.ts";
import { fieldLine } from "../../widgets/field.ts";
import type { GuidedScreen } from "../guided.ts";
import { reasonSize, wrongReason } from "../retract/parts.ts";
import { unanswered } from "../retract/words.ts";
import { type Ground, misled } from "./ground.ts";
import { kinds, kindWords } from "./kinds.ts";
import { type Block, lines, say, together } from "./say.ts";
import { badVersions, lesson, type Said, warning } from "./shared.ts";

export function wrong(model: Model, screen: GuidedScreen, ground: Ground): Said {
  const { Style } = model;
  if (screen.Focus === "versions") {
    const open = unanswered(model);
    return {
      Ask: "Which version is bad?",
      Beside: "What a retraction is",
      Near: open === undefined ? [] : [say(Style, open, "·")],
      Far: [
        say(
          Style,
          "What is published stays published: proxies and the checksum log keep it, and its tag " +
            "must never move. A retraction makes go pass the version over, and say why.",
        ),
        ...lesson(
          model,
          "the version that users get now is marked. ↵ takes it; nothing is changed until the " +
            "last screen, where you type the new version.",
        ),
      ],
    };
  }
  if (screen.Focus === "kind") {
    const words = kindWords[kinds[screen.Row] ?? "behaviour"];
    return {
      Beside: "The reason",
      Ask: `What is wrong with ${badVersions(ground)}?`,
      Near: [together(
        ...(words.First === undefined ? [] : [say(Style, words.First, "!")]),
        say(Style, words.Does, "✓"),
        say(Style, words.Not, "✗"),
      )],
      Far: [
        ...lesson(model, "✓ is what a retraction does about it, ✗ what it does not."),
        say(Style, `Then you write the reason. ${words.Say}`),
      ],
    };
  }
  return {
    Ask: `What should users of ${badVersions(ground)} read?`,
    ...reason(model, screen, ground),
  };
}

function reason(model: Model, screen: GuidedScreen, ground: Ground): Omit<Said, "Ask"> {
  const { Style } = model;
  const text = screen.Reason.Text.trim() === "" ? "" : screen.Reason.Text;
  const complaint = wrongReason(text === "" ? ground.Suggestion : text);
  const target = misled(ground);
  const state: Block = text === ""
    ? lines(line(Style, "    ↵ takes: ", foreign(Style, ground.Suggestion)))
    : complaint !== null
    ? say(Style, `The reason ${complaint}.`, "✗")
    : target !== undefined
    ? say(Style, `It sends users to ${target}, which is retracted too.`, "!")
    : say(Style, "Go shows it as it stands here.", "✓");
  const field: Block = (columns) => [
    fieldLine(Style, screen.Reason, columns - 1, { focus: true }),
    leftRight(Style, [], [own(Style, `${reasonSize(text)} bytes`, "quiet")], columns - 1),
  ];
  return {
    Near: [together(field, state)],
    Beside: "What go says",
    Far: [
      warning(model, ground),
      say(Style, kindWords[screen.Kind ?? "behaviour"].Say),
      ...lesson(model, "^U clears what is before the cursor; the version to use instead stays."),
    ],
  };
}
