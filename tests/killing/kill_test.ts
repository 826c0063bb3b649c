/** SIGKILL between any two processes of git's, at any change of a file and at any time: one release, or none. */
import { cases, seeded } from "../support/random.ts";
import { Template } from "./ground.ts";
import { anyPoint, boundaries, killAndEnd, retract, Tally } from "./matrix.ts";

Deno.test("a retraction that was killed around any git ends as one release or none", async () => {
  const random = seeded("kill retract");
  using template = new Template();
  const tally = new Tally();
  const { Writing, Others } = await boundaries(template, retract);
  const points = [
    ...Writing,
    ...random.shuffle(Others).slice(0, cases(6, Others.length)),
    ...Array.from({ length: cases(5, 60) }, () => anyPoint(random)),
  ];
  for (const point of points) await killAndEnd(template, retract, point, random, tally);
  console.log(String(tally));
});
