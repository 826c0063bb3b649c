/** How a new major is made: where it lives, and whether the old one gets a branch. */
import type { Layout, MajorChoice } from "../../../choices.ts";
import { dirOf } from "../../../facts/modules.ts";
import { known, type ModuleFacts } from "../../../facts/types.ts";
import { major } from "../../../go/semver.ts";
import { isInMajorFolder, usualLayout } from "../../../plan/major/layout.ts";
import { comingOf } from "../../coming.ts";
import { draft } from "../../turn.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { Words } from "./found.ts";

/** The rows above the list, in their order. */
export const hows = ["root", "folder", "keep"] as const;

export type How = (typeof hows)[number];

export interface HowRow {
  readonly How: How;
  readonly Label: string;
  readonly Detail: string;
  readonly On: boolean;
  readonly Off?: string;
}

/** The new major that the draft comes to. */
export interface Ahead {
  readonly Module: ModuleFacts;
  readonly Version: string;
  readonly NewModule: string;
  /** `v2`, and the one that it comes after. */
  readonly Major: string;
  readonly Before: string;
}

/** What is ahead; undefined while the draft does not come to another module path. */
export function aheadOf(model: Model): Ahead | undefined {
  const Module = moduleOf(model);
  const coming = comingOf(model);
  if (!Module || !coming?.NewModule) return undefined;
  const { Version, NewModule } = coming;
  const Before = Module.Base ? major(Module.Base.Version) : "v1";
  return { Module, Version, NewModule, Major: major(Version), Before };
}

const none: Words = { Rewrite: [], Leave: [] };

/** The classes and paths that were chosen; the same value while nothing was. */
export function chosenOf({ Draft }: Model): Words {
  return Draft.Major?.Classes ?? none;
}

/** The draft with another choice of a new major; nothing chosen is no choice. */
export function withMajor(model: Model, change: Partial<MajorChoice>): Model {
  const { Layout, Keep, Classes } = { Classes: none, ...model.Draft.Major, ...change };
  const { Major: _, ...rest } = model.Draft;
  const chosen = Classes.Rewrite.length + Classes.Leave.length > 0;
  if (Layout === undefined && !Keep && !chosen) return draft({ ...model, Draft: rest }, {});
  return draft({ ...model, Draft: rest }, {
    Major: {
      ...(Layout !== undefined && { Layout }),
      ...(Keep && { Keep }),
      Classes,
    },
  });
}

/** The layout that counts: the chosen one, else that of the module as it lies. */
export function layoutOf(model: Model, { Module }: Ahead): Layout {
  return model.Draft.Major?.Layout ?? usualLayout(Module);
}

/** The draft with a layout; the one that would be taken anyway is not said. */
export function withLayout(model: Model, ahead: Ahead, layout: Layout): Model {
  const { Layout: _, Keep, ...rest } = model.Draft.Major ?? { Classes: none };
  const next: Partial<MajorChoice> = {
    ...rest,
    ...(layout !== usualLayout(ahead.Module) && { Layout: layout }),
    ...(layout === "root" && Keep !== undefined && { Keep }),
  };
  const { Major: _major, ...choices } = model.Draft;
  return withMajor({ ...model, Draft: choices }, next);
}

/** The folder of the new major, from the root. */
function folderOf({ Module, Major }: Ahead): string {
  const parent = isInMajorFolder(Module) ? dirOf(Module.Dir) : Module.Dir;
  return parent === "" ? Major : `${parent}/${Major}`;
}

/** Why a layout cannot be, as far as the facts say; the search says the rest. */
function whyNot(model: Model, { Module, NewModule, ...ahead }: Ahead, layout: Layout) {
  if (layout === "root") {
    return isInMajorFolder(Module) ? `${Module.Dir}/ is the folder of one major only` : undefined;
  }
  if (NewModule.startsWith("gopkg.in/")) return "gopkg.in serves no folders";
  const folder = folderOf({ Module, NewModule, ...ahead });
  return model.Facts?.Modules.some((m) => m.Dir === folder)
    ? `${folder}/ is there already`
    : undefined;
}

/** A name for the branch of the old major that nobody has yet. */
export function keepName({ Facts }: Model, { Module, Before }: Ahead): string {
  const refs = Facts ? known(Facts.Remote)?.Refs : undefined;
  const prefix = Module.TagPrefix.replaceAll("/", "-");
  for (const name of [`release-${prefix}${Before}`, `release/${prefix}${Before}`]) {
    if (!refs?.has(`refs/heads/${name}`)) return name;
  }
  return `release-${prefix}${Before}-fixes`;
}

/** The rows above the list: each with what it means, or why it cannot be. */
export function howRows(model: Model, ahead: Ahead): HowRow[] {
  const layout = layoutOf(model, ahead);
  const { Module: { Base }, Major, Before } = ahead;
  const folder = folderOf(ahead);
  const keep = model.Draft.Major?.Keep;
  const [offRoot, offFolder] = [whyNot(model, ahead, "root"), whyNot(model, ahead, "folder")];
  const offKeep = layout === "folder"
    ? "both majors stay on this branch"
    : Base === undefined
    ? "no release to begin it at"
    : undefined;
  return [
    {
      How: "root",
      Label: `this branch becomes ${Major}`,
      Detail: `${Before} fixes need a branch`,
      On: layout === "root",
      ...(offRoot !== undefined && { Off: offRoot }),
    },
    {
      How: "folder",
      Label: `folder ${folder}/`,
      Detail: `${Before} and ${Major} on one branch`,
      On: layout === "folder",
      ...(offFolder !== undefined && { Off: offFolder }),
    },
    {
      How: "keep",
      Label: `branch for ${Before}`,
      Detail: keep ?? `none (${keepName(model, ahead)})`,
      On: keep !== undefined,
      ...(offKeep !== undefined && { Off: offKeep }),
    },
  ];
}

/** What the highlighted row of these means, in sentences. */
export function meaningOf(model: Model, ahead: Ahead, how: How): string[] {
  const { Module, NewModule, Before } = ahead;
  const base = Module.Base?.Version;
  switch (how) {
    case "root":
      return [
        `go.mod becomes ${NewModule}, and every file that imports the module's own packages ` +
        "follows. The work goes on where it was; this branch makes no " + Before + " any more.",
        `Who fixes ${Before} later does so on a branch that begins at ${
          base ?? "its last release"
        }: the last row makes one.`,
      ];
    case "folder":
      return [
        `A copy of the module with a go.mod of its own; ${Before} stays as it is, byte for byte.`,
        "Both are worked on in one branch, and a fix of both is made twice. Nested modules and " +
        "what belongs to the repository are not copied.",
      ];
    case "keep": {
      const name = model.Draft.Major?.Keep ?? keepName(model, ahead);
      return [
        `A branch ${name} at ${base ?? "the last release"}, pushed together with the release: ` +
        `fixes of ${Before} are released from it.`,
        "Without it, git can make one from the tag whenever it is needed.",
      ];
    }
  }
}
