/** SIGKILL while the remote works on the push, over a file path and over HTTP. */
import { HttpBackend } from "../support/http-backend.ts";
import { cases, seeded } from "../support/random.ts";
import { Template } from "./ground.ts";
import { killAndEnd, patch, retract, Tally } from "./matrix.ts";

for (const over of ["a file path", "HTTP"] as const) {
  Deno.test(`a push over ${over} that outlives gorel, or ends with it, is one release or none`, async () => {
    const random = seeded(`kill push over ${over}`);
    using template = new Template();
    template.repo.onRemote("config", "http.receivepack", "true");
    const tally = new Tally();
    for (let i = 0; i < cases(1, 8); i++) {
      for (const Name of ["pre-receive", "update", "post-receive"] as const) {
        for (const Push of ["goes on", "ends"] as const) {
          const scenario = random.pick([patch, retract]);
          await killAndEnd(
            template,
            scenario,
            // At times longer than the next gorel needs to ask the remote.
            { At: "hook", Name, Push, Ms: random.pick([20, 20, 1500]) },
            random,
            tally,
            (ground) => over === "HTTP" ? new HttpBackend(ground.folder.path, ground.env) : null,
          );
        }
      }
    }
    console.log(String(tally));
  });
}
