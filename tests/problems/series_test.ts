import { prove } from "./prove.ts";
import { series } from "./series.ts";

series.forEach(prove);
