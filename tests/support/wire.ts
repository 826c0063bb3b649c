/**
 * A module with a history worth releasing, as a real repository with a bare remote, for the
 * screens: retracted versions, a bad latest release, unreleased commits, ignored tags.
 */
import { gather } from "../../lib/facts/gather.ts";
import type { Facts } from "../../lib/facts/types.ts";
import { machine } from "../../lib/cli/machine.ts";
import { defaults } from "../../lib/cli/flags.ts";
import { toChoices } from "../../lib/cli/options.ts";
import type { Model, Screen, Size } from "../../lib/tui/model.ts";
import { environment } from "./gorel.ts";
import { Repo } from "./repo.ts";

/** 2026-01-10, noon. */
export const now = Date.UTC(2026, 0, 10, 12);

/**
 * example.com/acme/wire: v1.2.3, v1.3.0 (retracted), v1.4.0, v1.4.1, v1.4.2 (the latest),
 * two commits since (a feature and a fix), a tag that Go ignores, and v1.5.0-rc.1.
 */
export function wire(options: { remote?: boolean } = {}): Repo {
  const repo = new Repo("wire");
  repo.commit("wire: first", {
    "go.mod": "module example.com/acme/wire\n\ngo 1.22\n",
    "wire.go": "package wire\n\n// Send sends.\nfunc Send() {}\n",
    "LICENSE": "MIT\n",
  });
  repo.tag("v1.2.3");
  repo.commit("wire: keep files open", { "file.go": "package wire\n\nvar open int\n" });
  repo.tag("v1.3.0");
  repo.commit("wire: close files", {
    "go.mod": "module example.com/acme/wire\n\ngo 1.22\n\n// leaks file handles\nretract v1.3.0\n",
    "file.go": "package wire\n",
  });
  repo.tag("v1.4.0");
  repo.commit("frames: read them", { "frame.go": "package wire\n\nfunc frame() {}\n" });
  repo.tag("v1.4.1");
  repo.commit("frames: faster", { "frame.go": "package wire\n\nfunc frame() { _ = 1 }\n" });
  repo.tag("v1.4.2");
  repo.tag("v1.4");
  if (options.remote ?? true) repo.withRemote();
  repo.commit("feat: options for the client", {
    "option.go": "package wire\n\ntype Option int\n",
  });
  repo.commit("frames: reject empty input", {
    "frame.go": "package wire\n\nfunc frame() { _ = 2 }\n",
  });
  return repo;
}

/** The facts of a repository, as the screens get them. */
export async function factsOf(repo: Repo, whole = true): Promise<Facts> {
  const services = machine({ ...environment(), ...repo.env });
  const facts = await gather(services, {
    Dir: repo.dir,
    All: true,
    Release: true,
    Status: true,
    ...(!whole && { Offline: "still asking" }),
  });
  if (Array.isArray(facts)) throw new Error(JSON.stringify(facts));
  return facts;
}

export const sizes: Readonly<Record<"small" | "normal" | "wide" | "huge", Size>> = {
  small: { Columns: 40, Rows: 12 },
  normal: { Columns: 80, Rows: 24 },
  wide: { Columns: 120, Rows: 40 },
  huge: { Columns: 160, Rows: 50 },
};

/** A model with these facts and screens: 80×24, Unicode, no colours, nothing given by flags. */
export function modelOf(facts: Facts | undefined, ...screens: Screen[]): Model {
  const given = toChoices("auto", [], defaults()).Choices;
  return {
    Size: sizes.normal,
    Style: { ascii: false, color: false, verbose: false },
    Motion: true,
    Now: now,
    Sandbox: false,
    Chdir: [],
    Past: [],
    ...(facts && { Facts: facts, Dir: facts.Modules[0]!.Dir }),
    Whole: facts !== undefined,
    Tickets: 0,
    Times: new Map(
      facts?.Modules[0]?.Versions.map((v, i) => [v.Version, now / 1000 - 86_400 * (40 - 7 * i)]) ??
        [],
    ),
    Given: given,
    Draft: given,
    Screens: screens.length > 0 ? screens : [{ Name: "home", Row: 0 }],
  };
}
