/** SIGKILL in releases of other kinds: only a tag, two commits, included files and hooks, signatures. */
import { cases, seeded } from "../support/random.ts";
import { Template } from "./ground.ts";
import {
  anyPoint,
  boundaries,
  fromAndSelf,
  including,
  killAndEnd,
  patch,
  signed,
  Tally,
} from "./matrix.ts";

for (
  const [scenario, usual] of [[patch, 5], [fromAndSelf, 6], [including, 7], [signed, 5]] as const
) {
  Deno.test(`a ${scenario.Name} that was killed at any moment ends as one release or none`, async () => {
    const random = seeded(`kill ${scenario.Name}`);
    using template = new Template(scenario.Prepare);
    const tally = new Tally();
    const { Writing, Others } = await boundaries(template, scenario);
    const all = random.shuffle([...Writing, ...Others]);
    const points = [
      ...all.slice(0, cases(usual, 50)),
      ...Array.from({ length: cases(2, 15) }, () => anyPoint(random)),
    ];
    for (const point of points) await killAndEnd(template, scenario, point, random, tally);
    console.log(String(tally));
  });
}
