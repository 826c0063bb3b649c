/**
 * The user's own proxies behind a door of ours. Where a released module is private, go must be told
 * that no module is (GONOPROXY has no exceptions); this door then keeps apart what the user does.
 */
import { type Answer, refusalText } from "../proxy/answer.ts";
import { proxyClient } from "../proxy/client.ts";
import { isPrivate, type ProxySettings } from "../proxy/list.ts";
import type { Network } from "../proxy/request.ts";
import { questionOf } from "../proxy/server.ts";
import type { Others } from "./offer.ts";

/**
 * What the user's list of proxies answers. "Not found" (404), after which go fetches directly, is
 * said of private modules and where the list itself ends in `direct`, and only then.
 */
export function gate(network: Network, settings: ProxySettings): Others {
  return async (path, request) => {
    const question = questionOf(new URL(request.url).pathname);
    if (!question || isPrivate(settings, path)) return new Response("private\n", { status: 404 });
    const client = proxyClient(network, settings, path);
    switch (question.What) {
      case "list":
        return told(await client.list(), (list) => list.map((v) => v + "\n").join(""));
      case "latest":
        return told(await client.latest(), (info) => JSON.stringify(info));
      case "info":
        return told(await client.info(question.Version), (info) => JSON.stringify(info));
      default:
        return told(await client[question.What](question.Version), (bytes) => bytes.slice());
    }
  };
}

function told<T>(answer: Answer<T>, body: (value: T) => BodyInit): Response {
  if (answer.State === "ok") return new Response(body(answer.Value));
  if (answer.State === "direct") return new Response("direct\n", { status: 404 });
  const text = answer.State === "off"
    ? `module lookup disabled by GOPROXY=off (${answer.Why})`
    : refusalText(answer);
  return new Response(`${text}\n`, { status: 403 });
}
