/** `gorel help TOPIC`: the rules that a releaser needs, in plain words. */
import type { ExplainDocument } from "../answer.ts";
import { type TopicName, topicNamed, topicNames } from "./names.ts";
import type { Topic } from "./topic.ts";
import { badReleases } from "./topics/bad-releases.ts";
import { builds } from "./topics/builds.ts";
import { gomod } from "./topics/gomod.ts";
import { own } from "./topics/gorel.ts";
import { begin } from "./topics/begin.ts";
import { modules } from "./topics/modules.ts";
import { promises } from "./topics/promises.ts";
import { publishing } from "./topics/publishing.ts";
import { tags } from "./topics/tags.ts";
import { versions } from "./topics/versions.ts";
import { zip } from "./topics/zip.ts";

const topics: Readonly<Record<TopicName, Topic>> = {
  ...begin,
  ...versions,
  ...promises,
  ...tags,
  ...modules,
  ...gomod,
  ...badReleases,
  ...builds,
  ...publishing,
  ...zip,
  ...own,
};

/** What there is to say about a topic, its line of the list first; undefined when none has that name. */
export function topicOf(name: string): ExplainDocument | undefined {
  const topic = topicNamed(name);
  if (topic === undefined) return undefined;
  const { short, text, example, list, more } = topics[topic];
  return {
    Subject: topic,
    Kind: "topic",
    Text: [`${short}.`, ...text],
    Example: [...example],
    ...(list && { List: list.map(([Name, Text]) => ({ Name, Text })) }),
    ...(more && { More: [...more] }),
  };
}

/** Every topic with one line, theme by theme. */
export function topicsDocument(): ExplainDocument {
  return {
    Subject: "topics",
    Kind: "topics",
    Text: [
      "What Go does with versions, and what that means for a release. gorel help TOPIC says more.",
    ],
    List: topicNames.map((name) => ({ Name: name, Text: topics[name].short })),
  };
}
