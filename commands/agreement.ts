/** Agreeing to the commands of a plan on the screens: whether somebody did, and that it is remembered. */
import { digestOf } from "../lib/config/commands.ts";
import type { Facts } from "../lib/facts/types.ts";
import { isAgreed } from "../lib/journal/agreed.ts";
import type { Plan } from "../lib/plan/types.ts";
import type { Agreement, Effect, News } from "../lib/tui/model.ts";

/** Whether the commands of a plan were agreed to here, or are by `--agree` (`given`); absent without any. */
export function agreementOf(
  { Commands }: Plan,
  { Repo }: Pick<Facts, "Repo">,
  given: string | undefined,
): Agreement | undefined {
  if (!Commands?.length) return undefined;
  const Digest = digestOf(Commands);
  const agreed = given === Digest || isAgreed(Repo.CommonDir, Commands);
  return { Digest, State: agreed ? "agreed" : "open" };
}

/** Remembers that exactly these commands were agreed to, and says so. */
export async function agreeTo(
  { Ticket, Commands, CommonDir }: Extract<Effect, { Do: "agree" }>,
): Promise<News> {
  const { remember } = await import("../lib/apply/agree.ts");
  remember(CommonDir, digestOf(Commands));
  return { Is: "agreed", Ticket };
}
