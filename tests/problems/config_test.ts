import { config } from "./config.ts";
import { prove } from "./prove.ts";

config.forEach(prove);
