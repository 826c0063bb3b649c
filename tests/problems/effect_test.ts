import { prove } from "./prove.ts";
import { effect } from "./effect.ts";

effect.forEach(prove);
