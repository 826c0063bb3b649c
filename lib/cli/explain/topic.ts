/** What a topic and a problem code are made of. */
import type { TopicName } from "./names.ts";

/** One rule that a releaser needs. */
export interface Topic {
  /** One line, in the list of topics. */
  short: string;
  /** Paragraphs in plain words. */
  text: string[];
  /**
   * Lines as they stand in a file or on a terminal, at most 72 columns; a command begins with
   * `$ `, and `#` begins a remark. What go prints is what go prints.
   */
  example: string[];
  /** What there is to choose from, and what it means. */
  list?: [name: string, text: string][];
  /** Topics that say more. */
  more?: TopicName[];
}

/** What there is to say of a problem code. */
export interface CodeText {
  /** One sentence, in the list of codes. */
  short: string;
  /** What it means, what would happen to users, and the way out. */
  text: string;
  /** As in a topic. */
  example: string[];
}
