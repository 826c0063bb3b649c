import { module_ } from "./module.ts";
import { prove } from "./prove.ts";

module_.forEach(prove);
