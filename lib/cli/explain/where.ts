/** Where a version is known: tags here and on the remote, the proxy's list (go-rules §7.8). */
import { type Facts, known, type ModuleFacts, type VersionFact } from "../../facts/types.ts";
import { clean } from "../../text.ts";

/** What was found out about a version. */
export interface About {
  /** As it was asked for. */
  Subject: string;
  Kind: "version" | "tag";
  Version: string;
  /** The path of the module that it is one of. */
  Path: string;
  Tag: string;
  /** The module as it was gathered; absent where HEAD has no module of this path. */
  Module?: ModuleFacts;
  Facts: Facts;
  /** Tags of its major that have no go.mod, where the path has no major version. */
  Legacy?: readonly string[];
  Here?: TagState;
  /** The commit on the remote. */
  OnRemote?: string;
  /** Why Go refuses it, in Go's words; null where it does not; absent where its commit is not here. */
  Refused?: string | null;
  Commit?: string;
}

/** A tag that is here. */
export interface TagState {
  Commit: string;
  Annotated: boolean;
  /** What the tag peels to. */
  Type: string;
}

function fact({ Module, Version }: About): VersionFact | undefined {
  const old = Module && known(Module.Latest)?.Incompatible;
  return [...Module?.Versions ?? [], ...old ?? []].find((v) => v.Version === Version);
}

/** Reports whether the proxy lists it. */
export function onProxy(about: About): boolean {
  return fact(about)?.OnProxy ?? false;
}

/** Reports whether users can have it, as far as was asked. */
export function reachable(about: About): boolean {
  return about.OnRemote !== undefined || onProxy(about) || about.Facts.Remote.State !== "known";
}

/** The places that were looked at for it, as words after "is". */
export function askedWhere({ Remote, Proxy }: Facts): string {
  const places = ["here"];
  if (Remote.State === "known") places.push(`on ${clean(Remote.Value.Name)}`);
  const list = Proxy.State === "known" && Proxy.Value.Kind === "list"
    ? ", and the proxy does not list it"
    : "";
  return places.join(" or ") + list;
}

/** Where the tag is, and whether that is one and the same thing. */
export function where(about: About): string[] {
  const { Facts, Here, OnRemote, Tag } = about;
  const tag = clean(Tag);
  const remote = Facts.Remote.State === "known" ? clean(Facts.Remote.Value.Name) : null;
  const how = Here?.Annotated
    ? "an annotated tag"
    : "a lightweight tag, to Go the same as an annotated one";
  const out: string[] = [];
  if (Here && OnRemote !== undefined && Here.Commit !== OnRemote) {
    out.push(
      `The tag ${tag} names ${short(Here.Commit)} here and ${
        short(OnRemote)
      } on ${remote}: one of ` +
        "them was moved. Proxies and the checksum database keep what they saw first, and go stops " +
        "with a security error where it gets something else. Never move a tag: release the next " +
        "version.",
    );
  } else if (Here && OnRemote !== undefined) {
    out.push(`Its tag ${tag}, ${how}, is here and on ${remote}${proxyPart(about)}.`);
  } else if (Here && remote !== null) {
    out.push(
      onProxy(about)
        ? `Its tag ${tag} is gone from ${remote}, or was never there, but the proxy has the version ` +
          "and keeps it: users still get it."
        : `Its tag ${tag}, ${how}, is only here: nobody can get it before ${remote} has it.`,
    );
  } else if (Here) {
    out.push(`Its tag ${tag}, ${how}, is here; the remote was not asked (${why(Facts)}).`);
  } else if (OnRemote !== undefined) {
    out.push(
      `Its tag ${tag} is on ${remote} and not here${proxyPart(about)}: git fetch --tags gets it.`,
    );
  } else if (onProxy(about)) {
    out.push(
      `There is no tag ${tag}${
        remote === null ? " here" : ` here or on ${remote}`
      }, but the proxy ` +
        "has the version and keeps it: users still get it, and the number is taken for good.",
    );
  }
  return out;
}

function why({ Remote }: Facts): string {
  return Remote.State === "known" ? "" : clean(Remote.Why).replace(/\.$/, "");
}

/** The first 12 digits of an id. */
export function short(oid: string): string {
  return oid.slice(0, 12);
}

function proxyPart(about: About): string {
  const proxy = known(about.Facts.Proxy);
  if (proxy?.Kind !== "list") return "";
  return onProxy(about)
    ? "; the proxy lists it"
    : "; the proxy does not list it yet: it fetches a version when somebody first asks for it";
}
