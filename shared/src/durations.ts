/** Lengths of time that several parts count in. */

/** A day of 24 hours (ms): the length of every day in UTC, and of most days elsewhere. */
export const DAY_MS = 86_400_000;
