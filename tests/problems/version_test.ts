import { prove } from "./prove.ts";
import { version } from "./version.ts";

version.forEach(prove);
