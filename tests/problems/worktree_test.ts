import { prove } from "./prove.ts";
import { worktree } from "./worktree.ts";

worktree.forEach(prove);
