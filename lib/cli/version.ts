/** The version that `gorel --version` prints. */
export const version = "0.1.0";

/** The day of that version, in UTC: what is made of it must not depend on when. */
export const released = "2026-11-22";
