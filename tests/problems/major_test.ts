import { majors } from "./major.ts";
import { prove } from "./prove.ts";

majors.forEach(prove);
