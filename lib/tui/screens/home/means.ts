/** What the highlighted row means and does: evidence, what users notice, what is not checked. */
import { firstRelease, hasNoRelease } from "../../../advice/first.ts";
import { intervalText } from "../../../cli/values.ts";
import { shortRationale } from "../../../go/retract.ts";
import { compare, major } from "../../../go/semver.ts";
import { bad, modulePath } from "../../../sandbox/sample.ts";
import { count } from "../../../text.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import { because, type HomeRow } from "./actions.ts";
import { type Seen, seen } from "./seen.ts";

/** One piece of a meaning; its texts may hold words from the repository. */
export type Part =
  | { readonly Is: "head"; readonly Text: string }
  | { readonly Is: "says"; readonly Text: string }
  | { readonly Is: "item"; readonly Sign: "+" | "!" | "·"; readonly Text: string }
  | { readonly Is: "step"; readonly Name: string; readonly Text: string }
  | { readonly Is: "line" }
  | { readonly Is: "gap" };

/** A title and its parts; what is drawn on the screen is said in plain mode too. */
export interface Meaning {
  readonly Title: string;
  readonly Parts: readonly Part[];
}

const head = (Text: string): Part[] => [{ Is: "gap" }, { Is: "head", Text }];
const says = (Text: string): Part => ({ Is: "says", Text });
const step = (Name: string, Text: string): Part => ({ Is: "step", Name, Text });

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
      return release(model, known, row.Version);
    case "prerelease":
      return prerelease(model, known, row.Version);
    case "major":
      return majorParts(known, row.Version);
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

function release(model: Model, known: Seen, version?: string): Part[] {
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
    ...users(known, version),
    ...steps(model, version),
    ...notChecked(known),
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

function prerelease(model: Model, known: Seen, version?: string): Part[] {
  const { Module, Published } = known;
  const alone = !Published.some((v) => !v.Version.includes("-"));
  const go = `go get ${Module.Path}@${version ?? "v…-rc.1"}`;
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
    ...(version === undefined ? [] : steps(model, version)),
  ];
}

function majorParts({ Module, Advice }: Seen, version?: string): Part[] {
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
    ...head("What users notice"),
    says("Nobody moves unasked: who wants it changes every import"),
    says(`${Module.Path} goes on beside it; a program may use both`),
  ];
}

function retractParts({ Module, Retracted }: Seen): Part[] {
  return [
    says(
      "A retracted version stays downloadable for ever, and builds that use it keep working. " +
        "But @latest and upgrades pass over it, and go get warns with your reason.",
    ),
    { Is: "gap" },
    says(
      "Go reads retractions from the highest release only, so a new one carries it: HEAD with " +
        "what is unreleased, or the last release with nothing but this edit.",
    ),
    ...(Retracted.length > 0 ? head("Retracted already") : []),
    ...Retracted.slice(0, 4).map((r): Part => ({
      Is: "item",
      Sign: "·",
      Text: `${r.Version}  ${r.Rationale}`,
    })),
    ...(Module.Versions.length === 0 ? [says("No version is there yet.")] : []),
  ];
}

function unretractParts({ Module }: Seen): Part[] {
  const entries = Module.GoMod.Mod.Retract;
  return [
    says(
      "Takes retract lines out of go.mod: @latest, version prefixes and upgrades may choose the " +
        "versions again, and go get no longer warns.",
    ),
    { Is: "gap" },
    says(
      "Go reads retractions from the highest release only, so a patch is released without the " +
        "lines. A range goes as a whole.",
    ),
    ...(entries.length > 0 ? head("Retracted in go.mod") : []),
    ...entries.slice(0, 4).map((entry): Part => ({
      Is: "item",
      Sign: "·",
      Text: `${intervalText(entry)}  ${shortRationale(entry.Rationale)}`,
    })),
  ];
}

function undeprecateParts({ Deprecated, Module }: Seen): Part[] {
  const standing = Module.GoMod.Mod.Module?.Deprecated ?? Deprecated;
  return [
    says(
      "Takes the deprecation out of go.mod. go get, go list -m -u and pkg.go.dev stop showing it, " +
        "to users of every version.",
    ),
    { Is: "gap" },
    says("Go reads it from the highest release only, so a patch is released without it."),
    ...(standing
      ? [...head("Until then they read"), { Is: "item", Sign: "·", Text: standing } as const]
      : []),
  ];
}

function guided(model: Model, { Module }: Seen): Part[] {
  const story: Part[] = model.Sandbox && Module.Path === modulePath
    ? [
      says(
        `${bad.Version} of this sample is out, and panics. The fix is on main, with a test, but ` +
          "nobody has it yet.",
      ),
      { Is: "gap" },
    ]
    : [];
  return [
    ...story,
    says("From a bad version to the proof that users get a good one:"),
    step("1", "what is wrong, and with which version"),
    step("2", "is the fix here, or does it come later?"),
    step("3", "the version that carries it"),
    step("4", "the retraction, and what users get then"),
    step("5", "the plan; nothing happens before it"),
    { Is: "gap" },
    says(
      "Never move or delete a tag instead: proxies and the checksum database keep what they " +
        "saw first, and go stops where a tag was moved.",
    ),
  ];
}

function check(version?: string): Part[] {
  return [
    says(`Asks what users' go asks for ${version ?? "a release"}, in this order:`),
    step("1", "the tag on the remote"),
    step("2", "the proxy: .info, .mod, .zip"),
    step("3", "is its hash the one of the tag here?"),
    step("4", "the list of versions, and @latest"),
    { Is: "gap" },
    says("Nothing is changed by it. A proxy is asked only what the remote already shows."),
  ];
}

function versions({ Module }: Seen): Part[] {
  const { Ignored } = Module;
  return [
    says("Every version: is it here, on the remote, on the proxy; retracted, and why."),
    ...(Ignored.length > 0 ? head(`${count(Ignored.length, "tag")} that Go passes over`) : []),
    ...Ignored.slice(0, 5).map((t): Part => ({ Is: "item", Sign: "·", Text: t.Tag })),
    ...(Ignored.length > 5 ? [says(`… ${Ignored.length - 5} more`)] : []),
  ];
}

/** What a release of HEAD does, with the line between what can be undone and what cannot. */
function steps(model: Model, version: string): Part[] {
  const { Given, Facts } = model;
  const { Upstream, Branch, Signing } = Facts!.Repo;
  const signed = Given.Sign ?? Signing.Tag ? ", signed" : "";
  const tag = (moduleOf(model)?.TagPrefix ?? "") + version;
  const out: Part[] = [...head("What will happen"), step("tag", `${tag} at HEAD${signed}`)];
  if (!Given.Push) return out;
  const branch = Upstream?.HasHead || Branch === undefined ? "" : `${Branch} + `;
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
