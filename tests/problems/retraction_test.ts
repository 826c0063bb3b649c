import { prove } from "./prove.ts";
import { retraction } from "./retraction.ts";

retraction.forEach(prove);
