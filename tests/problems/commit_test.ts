import { prove } from "./prove.ts";
import { commit } from "./commit.ts";

commit.forEach(prove);
