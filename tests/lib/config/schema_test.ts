/** The JSON schema of `.gorel.toml`: what it lets through is what the reader reads. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { codeOf } from "../../../lib/cli/explain/codes.ts";
import { type Schema, schemaOf } from "../../../lib/config/schema.ts";
import { cases, seeded } from "../../support/random.ts";
import { type Entry, randomEntries } from "./files.ts";

const schema = schemaOf((code) => codeOf(code).Text[0]!);

/** Why a value does not fit a schema; null where it does. Of the words of JSON Schema those that are used. */
function misfit(value: unknown, schema: Schema, at = ""): string | null {
  const known =
    /^(\$schema|title|description|type|const|enum|pattern|minItems|items|anyOf|properties|additionalProperties)$/;
  const strange = Object.keys(schema).find((word) => !known.test(word));
  if (strange !== undefined) return `${at}: the schema says ${strange}`;
  const { type, anyOf, items, properties = {} } = schema;
  const is = Array.isArray(value) ? "array" : typeof value;
  if (type !== undefined && is !== type) return `${at}: ${is} is not ${type}`;
  if (anyOf && anyOf.every((one) => misfit(value, one, at) !== null)) return `${at}: none of anyOf`;
  if ("const" in schema && value !== schema.const) return `${at}: not ${schema.const}`;
  if (schema.enum && !schema.enum.includes(String(value))) return `${at}: not of enum`;
  if (schema.pattern && is === "string" && !new RegExp(schema.pattern, "u").test(String(value))) {
    return `${at}: not as the pattern`;
  }
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) return `${at}: too few`;
    return items ? value.map((one) => misfit(one, items, at)).find((why) => why) ?? null : null;
  }
  if (is !== "object") return null;
  for (const [name, one] of Object.entries(value as object)) {
    const of = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!of && schema.additionalProperties === false) return `${at}.${name}: no such key`;
    const why = of ? misfit(one, of, `${at}.${name}`) : null;
    if (why) return why;
  }
  return null;
}

function documentOf(entries: readonly Entry[]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const { Table, Name, Value } of entries) {
    if (Table === undefined) out[Name] = Value;
    else out[Table] = { ...out[Table] as object, [Name]: Value };
  }
  return out;
}

Deno.test("random files fit the schema, and what is wrong with one does not", () => {
  const random = seeded("schema");
  for (let i = 0; i < cases(300, 5000); i++) {
    const entries = randomEntries(random);
    assert.equal(misfit(documentOf(entries), schema), null, JSON.stringify(documentOf(entries)));
    if (entries.length === 0) continue;
    const entry = random.pick(entries);
    const spoilt = random.pick([
      { ...entry, Name: `${entry.Name}q` },
      { ...entry, Value: 7 as unknown as string },
      { ...entry, Value: typeof entry.Value === "boolean" ? "x" : "  " },
    ]);
    const others = entries.filter((one) => one !== entry);
    assert.notEqual(misfit(documentOf([...others, spoilt]), schema), null, JSON.stringify(spoilt));
  }
});

Deno.test("a text that the reader refuses does not fit the schema, where a pattern can say so", () => {
  const table: readonly (readonly [key: string, ...texts: string[]])[] = [
    ["remote", "https://example.com/x.git", "git@example.com:x", "-x", "a b"],
    ["pre", "1", "rc.1", "rc_1", "é"],
    ["commit-message", "{foo}", "{tag}\n{ x }", "{}", "a\u0001b"],
    ["tag-message", "{Tag}"],
  ];
  for (const [key, ...texts] of table) {
    for (const text of texts) assert.notEqual(misfit({ [key]: text }, schema), null, text);
  }
  for (const name of ["x y", "/x", "a..b"]) {
    assert.notEqual(misfit({ branches: ["main", name] }, schema), null, name);
  }
  for (const path of ["/x", "../x", "a/../b", "~/x", "C:x"]) {
    assert.notEqual(misfit({ leave: [path] }, schema), null, path);
  }
  assert.notEqual(misfit({ before: { tag: "a\u0007" } }, schema), null);
  const fine = {
    "tag-message": "{tag}\n{ {version} }",
    "before": { tag: ["a\n\tb"] },
    "pre": "x-1.rc",
  };
  assert.equal(misfit({ ...fine, branches: ["release-*", "a/*"], leave: ["a..b"] }, schema), null);
});

Deno.test("every key has a description, and docs/gorel.schema.json is this schema", () => {
  const undescribed = (at: string, { properties = {} }: Schema): string[] =>
    Object.entries(properties).flatMap(([name, one]) => [
      ...(one.description ? [] : [`${at}.${name}`]),
      ...undescribed(`${at}.${name}`, one),
    ]);
  assert.deepEqual(undescribed("", schema), []);
  assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  const file = fileURLToPath(new URL("../../../docs/gorel.schema.json", import.meta.url));
  assert.equal(
    Deno.readTextFileSync(file),
    JSON.stringify(schema, null, 2) + "\n",
    "docs/gorel.schema.json is old: gorel config --schema prints it",
  );
});
