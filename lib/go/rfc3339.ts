/** Times in JSON as the go command reads and writes them. */

/**
 * A time as the go command prints it: RFC 3339, no zeros at the end of the fraction, `Z` for
 * no offset. Null for what Go does not read as a time.
 */
export function goTime(text: string): string | null {
  const found =
    /^(\d{4}-(\d\d)-(\d\d))T(\d\d):([0-5]\d):([0-5]\d)(\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
      .exec(text);
  if (!found) return null;
  const [, date, month, day, hour, minute, second, fraction = "", offset] = found;
  const real = new Date(`${date}T00:00:00Z`);
  // A 31st of June is carried over into July.
  if (!(real.getUTCDate() === Number(day) && real.getUTCMonth() + 1 === Number(month))) return null;
  if (Number(hour) > 23) return null;
  const shown = fraction.slice(0, 1 + 9).replace(/\.?0*$/, "");
  const zone = /^[+-]00:00$/.test(offset!) ? "Z" : offset!;
  return `${date}T${hour}:${minute}:${second}${shown}${zone}`;
}

/** A time in seconds since 1970 as the go command prints that of a commit. */
export function goTimeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
