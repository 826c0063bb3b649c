/** What the highlighted row means and does: evidence, what users notice, what is not checked. */
import { firstRelease, hasNoRelease } from "../../../advice/first.ts";
import { compare, major } from "../../../go/semver.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import { dueOf } from "../train/due.ts";
import { shortName } from "../train/rows.ts";
import { because, type HomeRow } from "./actions.ts";
import {
  check,
  guided,
  retractParts,
  undeprecateParts,
  unretractParts,
  versions,
} from "./others.ts";
import { head, type Meaning, type Part, says, step } from "./parts.ts";
import { type Seen, seen } from "./seen.ts";

/** What a row means now. */
export function meaning(model: Model, row: HomeRow): Meaning {
  const known = seen(model);
  const label = row.Does === "check" ? "Check" : row.Label;
  const Title = row.Version !== undefined && row.Does !== "versions"
    ? `${label} ${row.Version}`
    : row.Label;
  if (!known) return { Title, Parts: [says("The repository is being read.")] };
  const off = row.Off === undefined ? [] : [says(`Not now: ${row.Off}.`), { Is: "gap" } as const];
  return { Title, Parts: [...off, ...parts(model, known, row)] };
}

function parts(model: Model, known: Seen, row: HomeRow): Part[] {
  switch (row.Does) {
    case "release":
      if (row.Several) return severalParts(model);
      return release(model, known, row);
    case "prerelease":
      return prerelease(model, known, row);
    case "major":
      return majorParts(model, known, row.Version);
    case "retract":
      return retractParts(known);
    case "guided":
      return guided(model, known);
    case "unretract":
      return unretractParts(known);
    case "undeprecate":
      return undeprecateParts(known);
    case "deprecate":
      return [
        says(
          "go get, go list -m -u and pkg.go.dev show your reason to everyone who uses the " +
            "module, whatever version they have.",
        ),
        { Is: "gap" },
        says(
          "The reason is a comment at the module line of go.mod. Go reads it from the highest " +
            "release, so a patch is released with it. Nothing is taken away from anybody.",
        ),
      ];
    case "check":
      return check(row.Version);
    case "versions":
      return versions(known);
  }
}

function release(
  model: Model,
  known: Seen,
  { Version: version, NewModule }: Pick<HomeRow, "Version" | "NewModule">,
): Part[] {
  const { Advice, Module } = known;
  if (version === undefined && !hasNoRelease(Module) && Module.Base === undefined) {
    return [says(firstRelease(Module))];
  }
  if (version === undefined) {
    return [
      says("What else one could do: retract a version, or check that a release is served."),
    ];
  }
  const why: Part[] = Advice.Advised
    ? [
      says(`Advised: ${Advice.Advised.Bump}. ${capital(because(Advice, Module))}:`),
      ...Advice.Evidence.slice(0, 6).map((e): Part => ({
        Is: "item",
        Sign: e.Code === "commit-breaking" ? "!" : e.Code === "commits" ? "·" : "+",
        Text: e.Text,
      })),
      ...(Advice.Evidence.length > 6 ? [says(`… ${Advice.Evidence.length - 6} more`)] : []),
    ]
    : [says(`It finishes ${Advice.Series}: nothing else changed since.`)];
  const first = Module.Base === undefined &&
    !(hasNoRelease(Module) && Module.Series !== undefined);
  return [
    ...(first ? [says(firstRelease(Module))] : why),
    ...(NewModule === undefined ? users(known, version) : otherPath(known, NewModule)),
    ...steps(model, version, NewModule),
    ...notChecked(known),
  ];
}

/** The modules that are due, and what it means to release them together. */
function severalParts(model: Model): Part[] {
  const due = dueOf(model);
  return [
    says("Something changed in these modules of the repository, or in what they require of it:"),
    ...due.slice(0, 8).map(({ Module, Version = "", Follows }): Part => ({
      Is: "item",
      Sign: "·",
      Text: `${Module.TagPrefix}${Version}${
        Follows.length === 0 ? "" : `  requires ${Follows.map(shortName).join(", ")}`
      }`,
    })),
    ...(due.length > 8 ? [says(`… ${due.length - 8} more`)] : []),
    { Is: "gap" },
    says(
      "Together they are a train: requirements of each other rise, replacements of each other go, " +
        "one commit, all tags, one push.",
    ),
  ];
}

function users(known: Seen, version: string): Part[] {
  const { Module, Advice, Requirements, Published } = known;
  const highest = Module.Highest?.Version;
  const out = head("What users notice");
  if (Published.length === 0) {
    // Without a tag @latest is the newest commit, as a pseudo-version (go-rules §9.1).
    out.push(says(`@latest gives them ${version}; until now the newest commit, unnamed`));
  } else if (highest !== undefined && compare(version, highest) < 0) {
    out.push(says(`@latest stays ${highest}: only who asks for ${version} gets it`));
  } else out.push(says(`@latest and go get -u give them ${version}`));
  if (major(version) === "v0" && Advice.Evidence.some((e) => e.Code === "commit-breaking")) {
    out.push(says("A v0 promises nothing: their code may need a change"));
  }
  const go = Requirements.find((r) => r.Path === "go");
  if (go?.After !== undefined && Advice.Evidence.some((e) => e.Code === "go-raised")) {
    out.push(says(`A Go older than ${go.After} fetches a newer toolchain, or stops`));
  }
  return out;
}

function prerelease(
  model: Model,
  known: Seen,
  { Version: version, NewModule }: Pick<HomeRow, "Version" | "NewModule">,
): Part[] {
  const { Module, Published } = known;
  const alone = NewModule === undefined && !Published.some((v) => !v.Version.includes("-"));
  const go = `go get ${NewModule ?? Module.Path}@${version ?? "v…-rc.1"}`;
  return [
    says("To try before promising: a release is what users get, as long as there is one."),
    ...head("What users notice"),
    says(
      alone
        ? "As long as there is no release, @latest gives it"
        : "Nothing: @latest and upgrades of a release pass over it",
    ),
    ...(alone || Module.Series === undefined
      ? []
      : [says(`Who is on ${Module.Series.Version} gets it with go get -u`)]),
    says(`Who wants it asks: ${go}`),
    ...(version === undefined ? [] : steps(model, version, NewModule)),
  ];
}

function majorParts(model: Model, known: Seen, version?: string): Part[] {
  const { Module, Advice } = known;
  const next = Advice.Candidates.major;
  if (version !== undefined && next.Module === Module.Path) {
    return [
      says(`${version} is a promise: what compiles with it compiles with every later v1.`),
      ...head("What users notice"),
      says(`@latest and go get -u give them ${version}`),
      says("From then on a break needs a new module path, and a change in every import"),
    ];
  }
  return [
    says(`${next.Version} is another module to Go: ${next.Module}.`),
    ...otherPath(known, next.Module),
    ...(version === undefined ? [] : steps(model, version, next.Module)),
  ];
}

function otherPath({ Module }: Seen, newModule: string): Part[] {
  return [
    ...head("What users notice"),
    says(`Nobody moves unasked: who wants ${newModule} changes every import`),
    says(`${Module.Path} goes on beside it; a program may use both`),
  ];
}

/** What a release of HEAD does, with the line between what can be undone and what cannot. */
function steps(model: Model, version: string, newModule?: string): Part[] {
  const { Given, Facts } = model;
  const { Upstream, Branch, Signing } = Facts!.Repo;
  const signed = Given.Sign ?? Signing.Tag ? ", signed" : "";
  const tag = (moduleOf(model)?.TagPrefix ?? "") + version;
  const commit = newModule === undefined
    ? []
    : [step("commit", `the path ${newModule} in go.mod and imports`)];
  const at = newModule === undefined ? "HEAD" : "that commit";
  const out: Part[] = [
    ...head("What will happen"),
    ...commit,
    step("tag", `${tag} at ${at}${signed}`),
  ];
  if (!Given.Push) return out;
  const moves = newModule !== undefined || !Upstream?.HasHead;
  const branch = !moves || Branch === undefined ? "" : `${Branch} + `;
  out.push({ Is: "line" }, step("push", `${branch}${tag}, at once`));
  const { Proxy } = Facts!;
  const served = Proxy.State !== "known" || Proxy.Value.Kind === "list";
  if (Given.Wait > 0) out.push(step("prove", served ? "proxy = here" : "the remote = here"));
  return out;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function notChecked({ Advice }: Seen): Part[] {
  if (Advice.NotChecked.length === 0) return [];
  return [
    ...head("Not checked"),
    ...Advice.NotChecked.map((Text): Part => ({ Is: "item", Sign: "·", Text })),
  ];
}
