/** `gorel man`. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import type { Services } from "../lib/services.ts";

/** To be built. */
export async function run(_options: Options, _services: Services): Promise<Answer> {
  return await Promise.resolve({ Kind: "text", Text: "" });
}
