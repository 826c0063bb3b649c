/** What the keys do in each step. */
import type { Offer } from "../../keys.ts";
import { hasChanges } from "../../included.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { GuidedScreen } from "../guided.ts";
import { groundOf } from "./ground.ts";

const leaving: Offer = { Action: "back" };

/** What can be done now. */
export function offersOf(model: Model, screen: GuidedScreen): readonly Offer[] {
  if (screen.Look) {
    return [
      { Action: "up", Label: "follow" },
      { Action: "down", Label: "follow" },
      { Action: "pageUp" },
      { Action: "pageDown" },
      { Action: "first", Label: "follow", Quiet: true },
      { Action: "last", Label: "follow", Quiet: true },
      { Action: "act", Label: "close", Quiet: true },
      { ...leaving, Label: "close" },
    ];
  }
  if (isTyping(screen)) {
    return [{ Action: "act", Label: "done" }, { Action: "editField", Label: "editor" }, {
      Action: "pane",
      Label: "other question",
      Quiet: true,
    }, leaving];
  }
  if (!moduleOf(model)) return [{ Action: "again", Label: "look again" }, leaving];
  const moves: Offer[] = [
    { Action: "up", Label: "follow" },
    { Action: "down", Label: "follow" },
    { Action: "first", Label: "follow", Quiet: true },
    { Action: "last", Label: "follow", Quiet: true },
  ];
  return [...moves, ...ownOffers(model, screen), { Action: "copy", Quiet: true }, leaving];
}

/** Reports whether the reason is being typed. */
export function isTyping(screen: GuidedScreen): boolean {
  return screen.Step === 1 && screen.Focus === "reason" && !screen.Look;
}

function ownOffers(model: Model, screen: GuidedScreen): Offer[] {
  switch (screen.Step) {
    case 1:
      return screen.Focus === "kind"
        ? [{ Action: "act" }, { Action: "pane", Label: "reason", Quiet: true }]
        : [
          { Action: "act", Label: screen.Several ? "go on" : "choose" },
          { Action: "mark" },
          { Action: "range" },
          { Action: "pane", Label: "kind", Quiet: true },
        ];
    case 2:
      return [
        { Action: "act" },
        ...(groundOf(model, screen).Commits
          ? [{ Action: "log", Label: "all commits" }, { Action: "diff" }] as const
          : []),
        ...(hasChanges(model) ? [{ Action: "include" } as const] : []),
      ];
    case 5:
      return [{ Action: "act" }, { Action: "next", Label: "checks" }, {
        Action: "edit",
        Quiet: true,
      }];
    default:
      return [{ Action: "act" }, { Action: "next" }, { Action: "edit", Label: "reason" }];
  }
}
