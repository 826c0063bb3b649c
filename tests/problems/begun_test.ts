import { prove } from "./prove.ts";
import { unfinished } from "./begun.ts";

unfinished.forEach(prove);
