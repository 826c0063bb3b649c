/** Answers a shell that asks how a line may go on. */

/** To be built. */
export async function complete(_argv: readonly string[]): Promise<void> {
  await Promise.resolve();
}
