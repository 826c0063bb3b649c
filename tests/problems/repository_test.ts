import { prove } from "./prove.ts";
import { repository } from "./repository.ts";

repository.forEach(prove);
