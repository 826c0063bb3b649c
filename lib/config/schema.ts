/** The JSON schema of `.gorel.toml`, made of the same table as its reader (keys.ts). */
import { type Code, codes, kindOf } from "../problem.ts";
import { commandSteps } from "./commands.ts";
import { fileKeys, flagKeys, type KeyRow, tables, templateWords } from "./keys.ts";

/** A JSON schema, as far as it is used here. */
export interface Schema {
  $schema?: string;
  title?: string;
  description?: string;
  type?: "object" | "array" | "string" | "boolean";
  const?: false;
  enum?: readonly string[];
  pattern?: string;
  minItems?: number;
  items?: Schema;
  anyOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: false;
}

/** No control character but tabs and line ends, and something to read (words.ts, holdsControl). */
const readable = "(?![\\s\\S]*[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f])[\\s\\S]*\\S";

const text: Schema = { type: "string", pattern: "\\S" };

const command: Schema = { type: "string", pattern: `^${readable}` };

const duration: Schema = {
  anyOf: [
    { type: "string", pattern: "^(0|(?=\\d)(\\d+h)?(\\d+m(?!s))?(\\d+s)?(\\d+ms)?)$" },
    { const: false },
  ],
};

/** A part of the name of a series, which is no number by itself (words.ts). */
const series = "[0-9A-Za-z-]*[A-Za-z-][0-9A-Za-z-]*";

/** A name that git takes, as far as a pattern can say it. */
const ref = "(?!-)(?!.*\\.\\.)[^\\s~^:?[\\]\\\\]+";

const template = `(?![\\s\\S]*\\{(?!(${templateWords.join("|")})\\})\\s*[\\w-]*\\s*\\})`;

/** A path from the root of the repository, or a class. */
const path = "(?![/\\\\~]|[A-Za-z]:)(?!(.*[/\\\\])?\\.\\.([/\\\\]|$)).*\\S";

/** The texts of a key as far as a pattern can say it; the reader says the rest. */
const patterns: Readonly<Record<string, string>> = {
  "pre": `^${series}(\\.${series})*$`,
  "remote": `^${ref}$`,
  "branches": `^(?!/)${ref}$`,
  "rewrite": `^${path}`,
  "leave": `^${path}`,
  "commit-message": `^${template}${readable}`,
  "tag-message": `^${template}${readable}`,
};

function valueOf(key: string, { kind, of }: KeyRow): Schema {
  switch (kind) {
    case "boolean":
      return { type: "boolean" };
    case "duration":
      return duration;
    case "texts":
      return { type: "array", items: textOf(key), ...(key === "branches" && { minItems: 1 }) };
    case "text":
    case "template":
      return of ? { type: "string", enum: of } : textOf(key);
  }
}

function textOf(key: string): Schema {
  const pattern = patterns[key];
  return pattern === undefined ? text : { type: "string", pattern };
}

function table(description: string, rows: readonly (readonly [string, Schema])[]): Schema {
  return {
    description,
    type: "object",
    properties: Object.fromEntries(rows),
    additionalProperties: false,
  };
}

/** The whole schema, of draft 2020-12; `meaning` says in a sentence what a problem is. */
export function schemaOf(meaning: (code: Code) => string): Schema {
  const keys: readonly [string, KeyRow][] = Object.entries({ ...flagKeys, ...fileKeys });
  const accepted = codes.filter((code) => kindOf(code).accept !== "never");
  const commands = (when: "before" | "after") =>
    commandSteps.map((step) =>
      [step, {
        description: `what runs ${when} ${step}, with sh, at the repository's root`,
        anyOf: [command, { type: "array", items: command }],
      }] as const
    );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: ".gorel.toml",
    ...table("Settings of gorel for the releases of a repository, in its root folder", [
      ...keys.map(([key, row]) => [key, { description: row.help, ...valueOf(key, row) }] as const),
      [
        "accept",
        table(
          tables.accept,
          accepted.map((code) => [code, { description: meaning(code), ...text }] as const),
        ),
      ],
      ["before", table(tables.before, commands("before"))],
      ["after", table(tables.after, commands("after"))],
    ]),
  };
}
