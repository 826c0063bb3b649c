/** Which file behaves for which screen. */
import type { Screen } from "./model.ts";
import type { Behaviour } from "./screen.ts";
import { applying } from "./screens/applying.ts";
import { change } from "./screens/change.ts";
import { deprecate } from "./screens/deprecate.ts";
import { done } from "./screens/done.ts";
import { guided } from "./screens/guided.ts";
import { home } from "./screens/home.ts";
import { include } from "./screens/include.ts";
import { major } from "./screens/major.ts";
import { modules } from "./screens/modules.ts";
import { preflight } from "./screens/preflight.ts";
import { proof } from "./screens/proof.ts";
import { retract } from "./screens/retract.ts";
import { review } from "./screens/review.ts";
import { train } from "./screens/train.ts";
import { unfinished } from "./screens/unfinished.ts";
import { unretract } from "./screens/unretract.ts";
import { version } from "./screens/version.ts";
import { versions } from "./screens/versions.ts";

type Table = { readonly [Name in Screen["Name"]]: Behaviour<Extract<Screen, { Name: Name }>> };

const table: Table = {
  home,
  modules,
  train,
  change,
  version,
  retract,
  unretract,
  deprecate,
  include,
  major,
  guided,
  preflight,
  review,
  applying,
  proof,
  done,
  versions,
  unfinished,
};

/** How a screen behaves. */
export function behaviourOf(screen: Screen): Behaviour<Screen> {
  // A row of the table takes exactly the screen of its name.
  return table[screen.Name] as unknown as Behaviour<Screen>;
}
