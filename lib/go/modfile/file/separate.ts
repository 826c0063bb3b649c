/** Direct and indirect requirements in two blocks, as `go mod tidy` keeps them (go-rules §3.10). */
import { commentText, isIndirect } from "../comment.ts";
import { autoQuote } from "../strconv.ts";
import type { Comments, FileSyntax, Line, LineBlock } from "../syntax.ts";
import type { Require } from "../types.ts";
import type { Directive, File } from "./file.ts";
import { blockOf, dropWhere, newBlock, newLine, verbOf } from "./line.ts";
import { type Requirement, setIndirect, setVersion } from "./require.ts";
import { sortBlocks } from "./sort.ts";

/**
 * Makes the file require exactly these modules, of which none is named twice.
 * Of a module that is there the first line stays, with its comments but for
 * `// indirect`. New ones go to the last block without comments that has only
 * direct or only indirect requirements; such a block is made if there is none.
 * Lines move between these two blocks when they change sides; from other blocks
 * only if the file has no other `require` statement and no comment on it.
 */
export function setRequireSeparateIndirect(
  file: File,
  requirements: readonly Requirement[],
): void {
  const { direct, indirect, single, blocks } = separateBlocks(file.Syntax);
  const need = new Map(requirements.map((requirement) => [requirement.Path, requirement]));
  const have = new Set<string>();
  file.Require = dropWhere(file.Require, ({ Path }) => {
    const gone = have.has(Path) || !need.has(Path);
    have.add(Path);
    return gone;
  });
  for (const require of file.Require) {
    const { Version, Indirect } = need.get(require.Path)!;
    setVersion(require, Version);
    setIndirect(require, Indirect);
    const [from, to] = Indirect ? [direct, indirect] : [indirect, direct];
    if (single || blocks.get(require.Syntax) === from) move(require, to);
  }
  for (const requirement of need.values()) {
    if (have.has(requirement.Path)) continue;
    const { Path, Version, Indirect } = requirement;
    const Syntax = newLine([autoQuote(Path), Version], true);
    const require = { Path, Version, Indirect, Syntax };
    setIndirect(require, Indirect);
    (Indirect ? indirect : direct).Lines.push(Syntax);
    file.Require.push(require);
  }
  sortBlocks(file);
}

/** Moves a requirement to a block; its old line is left to `cleanup`. */
function move(require: Directive<Require>, to: LineBlock): void {
  const line = { ...require.Syntax, InBlock: true };
  if (!require.Syntax.InBlock) line.Tokens = line.Tokens.slice(1);
  require.Syntax.Tokens = [];
  require.Syntax = line;
  to.Lines.push(line);
}

interface Separate {
  direct: LineBlock;
  indirect: LineBlock;
  /** There is no other `require` statement, and that one has no comment. */
  single: boolean;
  /** The block that each requirement was in, if any. */
  blocks: ReadonlyMap<Line, LineBlock>;
}

/** The two blocks for requirements, made where there is none. Empty ones are left to `cleanup`. */
function separateBlocks(syntax: FileSyntax): Separate {
  const statements = syntax.Statements;
  const blocks = new Map<Line, LineBlock>();
  let [direct, indirect, last, count] = [-1, -1, -1, 0];
  statements.forEach((statement, i) => {
    if (statement.Kind === "comments" || verbOf(statement) !== "require") return;
    last = i;
    count++;
    const lines = statement.Kind === "block" ? statement.Lines : [statement];
    if (statement.Kind === "block") { for (const line of lines) blocks.set(line, statement); }
    if (lines.length === 0 || [statement, ...lines].some(hasComments)) return;
    if (!lines.some(isIndirect)) direct = i;
    if (lines.every(isIndirect)) indirect = i;
  });
  const single = count === 1 && !hasComments(statements[last]!);
  if (direct < 0) {
    direct = indirect >= 0 ? indirect++ : last >= 0 ? last + 1 : statements.length;
    statements.splice(direct, 0, newBlock("require", []));
  }
  if (indirect < 0) {
    indirect = direct + 1;
    statements.splice(indirect, 0, newBlock("require", []));
  }
  return {
    direct: ensureBlock(syntax, direct),
    indirect: ensureBlock(syntax, indirect),
    single,
    blocks,
  };
}

/** The block at a place; a line there becomes one. */
function ensureBlock(syntax: FileSyntax, at: number): LineBlock {
  const statement = syntax.Statements[at];
  if (statement?.Kind === "block") return statement;
  const block = blockOf(statement as Line);
  syntax.Statements[at] = block;
  return block;
}

/** Reports whether there is any comment but `// indirect`. */
function hasComments({ Before, Suffix }: Comments): boolean {
  return Before.length > 0 || Suffix.length > 1 ||
    Suffix.length === 1 && commentText(Suffix[0]!) !== "indirect";
}
