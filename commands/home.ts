/** `gorel` on a terminal: the screens, at home. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import type { Services } from "../lib/services.ts";
import { open } from "./screens.ts";

/** Opens the screens; what they did is their exit code. */
export function run(options: Options, services: Services, signal: AbortSignal): Promise<Answer> {
  return open(options, services, signal);
}
