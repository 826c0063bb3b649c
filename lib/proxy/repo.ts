/** One proxy as whoever has the versions of a module. */
import { isWrong, type ModuleRepo, type RevInfo, type Wrong } from "../go/modquery.ts";
import { canonicalVersion } from "../go/module.ts";
import { quote } from "../go/paths.ts";
import { goTime } from "../go/rfc3339.ts";
import { type Answer, type Info, refusalText } from "./answer.ts";
import { proxyClient } from "./client.ts";
import type { Network } from "./request.ts";

/** Asks one proxy, by its URL, about one module; nothing twice. */
export function proxyRepo(
  network: Network,
  url: string,
  path: string,
  signal?: AbortSignal,
): ModuleRepo {
  const client = proxyClient(network, { GOPROXY: url, GONOPROXY: "" }, path);
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(name: string, ask: () => Promise<T>): Promise<T> => {
    const found = kept.get(name) as Promise<T> | undefined;
    if (found) return found;
    const asked = ask();
    kept.set(name, asked);
    return asked;
  };
  // As go: what a branch or @latest stands for is not asked about once more by its version.
  const heard = (found: RevInfo | Wrong): RevInfo | Wrong => {
    if (!isWrong(found)) once(`stat ${found.Version}`, () => Promise.resolve(found));
    return found;
  };
  return {
    async versions(prefix) {
      const list = await once("list", async () => read(await client.list(signal), "no-module"));
      return isWrong(list) || prefix === "" ? list : list.filter((v) => v.startsWith(prefix));
    },
    stat: (revision) =>
      once(
        `stat ${revision}`,
        async () => heard(info(await client.info(revision, signal), "unknown")),
      ),
    latest: () =>
      once(
        "latest",
        async () => heard(info(await client.latest(signal), "no-module")),
      ),
    mod(version) {
      if (canonicalVersion(version) !== version) {
        const words = `version ${quote(version)} of go.mod is not canonical`;
        return Promise.resolve({ Wrong: "refused", Words: words });
      }
      return once(`mod ${version}`, async () => read(await client.mod(version, signal), "unknown"));
    },
  };
}

function info(answer: Answer<Info>, missing: "unknown" | "no-module"): RevInfo | Wrong {
  const found = read(answer, missing);
  if (isWrong(found)) return found;
  const time = found.Time === undefined ? null : goTime(found.Time);
  return { Version: found.Version, ...(time !== null && { Time: time }) };
}

function read<T extends object>(
  answer: Answer<T>,
  missing: "unknown" | "no-module",
): T | Wrong {
  switch (answer.State) {
    case "ok":
      return answer.Value;
    case "not-found":
      return { Wrong: missing, Words: refusalText(answer) };
    case "failed":
      // Without a proxy behind it, it is the name that nobody can be asked about.
      return {
        Wrong: answer.From === undefined ? "refused" : "unusable",
        Words: refusalText(answer),
      };
    default:
      return { Wrong: "off", Words: answer.Why };
  }
}
