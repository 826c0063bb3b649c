import { prove } from "./prove.ts";
import { path } from "./path.ts";

path.forEach(prove);
