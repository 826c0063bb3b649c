/** Work on several things at once, of which none goes on alone. */

/**
 * What all of them give, as Promise.all; but when one fails the others have ended too, so that no
 * process of theirs is left behind. Throws the first failure in their order.
 */
export async function together<const T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const ends = await Promise.allSettled(work);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return ends.map((end) => end.status === "fulfilled" ? end.value : undefined) as {
    -readonly [K in keyof T]: Awaited<T[K]>;
  };
}
