/** Random go.mod files and flags, judged by the real `go mod edit`: its document, its text and its errors. */
import assert from "node:assert/strict";
import {
  cleanup,
  edit,
  fileJSON,
  formatFile,
  sortBlocks,
} from "../../../../lib/go/modfile/file/mod.ts";
import { errorText, type ModFileJSON, parse, toJSON } from "../../../../lib/go/modfile/mod.ts";
import { decode, encode } from "../../../../lib/text.ts";
import { Go, needsGo } from "../../../support/go.ts";
import { cases, seeded } from "../../../support/random.ts";
import { apply, type ModEdit, modEdit } from "./edits.ts";
import { goMod } from "./generate.ts";
import { each } from "./judge.ts";
import { wild } from "./wild.ts";

interface Case {
  Name: string;
  File: string;
  Text: Uint8Array;
  Edits: ModEdit[];
  /** What go is to print. */
  As: "-json" | "-print";
}

/** Flags of `go mod edit` that are done before all others, in this order and once. */
const first = ["addModuleStmt", "addGoStmt", "dropGoStmt", "addToolchainStmt", "dropToolchainStmt"];

/** Edits in the order of `go mod edit`, which takes of `-module`, `-go` and `-toolchain` the last. */
function inGoOrder(edits: readonly ModEdit[]): ModEdit[] {
  const settings = ["-module=", "-go=", "-toolchain="].flatMap((flag) =>
    edits.findLast(({ Flag }) => Flag!.startsWith(flag)) ?? []
  );
  return [...settings, ...edits.filter(({ Do }) => !first.includes(Do))];
}

/** What go says of flags alone, before it reads the file: paths and versions that no flag can have. */
const badFlag =
  /invalid (?:old |new )?(?:path|version)|need |must be local directory|Invalid argument/i;

/** Our answer in the words of go: what it prints, or what it says on its way out. */
function ours({ File, Text, Edits, As }: Case): { stdout: string; stderr: string } {
  const { Mod, Errors } = parse(File, Text);
  if (Errors.length > 0) {
    const text = Errors.map(errorText).join("\n");
    return { stdout: "", stderr: `go: errors parsing ${File}:\n${text}\n` };
  }
  if (As === "-json" && Edits.length === 0) {
    return { stdout: JSON.stringify(toJSON(Mod)), stderr: "" };
  }
  const file = edit(Mod);
  for (const one of inGoOrder(Edits)) {
    const error = apply(file, one);
    if (error !== null) return { stdout: "", stderr: `go: ${one.Flag}: ${error}\n` };
  }
  sortBlocks(file);
  cleanup(file);
  return {
    stdout: As === "-json" ? JSON.stringify(fileJSON(file)) : decode(formatFile(file)),
    stderr: "",
  };
}

/** A document of `go mod edit -json` without the empty paths that stand for tools dropped by a flag. */
function document(text: string, edits: readonly ModEdit[]): string {
  const value: ModFileJSON = JSON.parse(text);
  if (!edits.some(({ Do }) => Do === "dropTool" || Do === "dropIgnore")) {
    return JSON.stringify(value);
  }
  const named = (list: ModFileJSON["Tool"]) => list?.filter(({ Path }) => Path !== "") ?? [];
  return JSON.stringify({ ...value, Tool: named(value.Tool), Ignore: named(value.Ignore) });
}

Deno.test(needsGo("random go.mod files and flags give what go mod edit gives"), async () => {
  const random = seeded("go mod edit");
  using go = new Go();
  const drawn = Array.from({ length: cases(220, 2200) }, (_, i): Case => {
    let Text = wild(random);
    // Flags do nothing to a file that is refused.
    if (parse("go.mod", Text).Errors.length > 0 && random.chance(0.4)) Text = encode(goMod(random));
    const { Mod } = parse("go.mod", Text);
    const Edits = Array.from({ length: random.int(0, 4) }, () => modEdit(random, Mod));
    const As = random.pick(["-json", "-print"] as const);
    const Name = `GOREL_SEED=${random.seed}\n${decode(Text)}\n${Text.toHex()}\n` +
      `${As} ${JSON.stringify(Edits)}`;
    return { Name, File: `${i}.mod`, Text, Edits, As };
  });
  let [printed, refused, flags] = [0, 0, 0];
  await each(drawn, async (one) => {
    const { Name, File, Text, Edits, As } = one;
    await Deno.writeFile(go.folder.join(File), Text);
    const args = ["mod", "edit", ...Edits.map(({ Flag }) => Flag!), As, File];
    const { code, stdout, stderr } = await go.start(args);
    if (code !== 0 && !stderr.startsWith("go: errors parsing") && badFlag.test(stderr)) {
      flags++;
      return;
    }
    const wanted = ours(one);
    assert.equal(stderr.replaceAll("\ufffd", "?"), wanted.stderr.replaceAll("\ufffd", "?"), Name);
    const print = (text: string) => As === "-json" && code === 0 ? document(text, Edits) : text;
    assert.equal(print(stdout), print(wanted.stdout), Name);
    code === 0 ? printed++ : refused++;
  });
  console.log(`${printed} printed, ${refused} refused, ${flags} times a flag was`);
  assert.ok(
    Math.min(printed, refused) > drawn.length / 6,
    `${printed} printed, ${refused} refused`,
  );
});
