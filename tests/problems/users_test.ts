import { prove } from "./prove.ts";
import { users } from "./users.ts";

users.forEach(prove);
