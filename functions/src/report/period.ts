/** The period that a report covers, and the parts into which its plots divide it. */

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

export interface Period {
  /** ms since 1970; the first moment in it. */
  readonly since: number;
  /** ms since 1970; the first moment after it. */
  readonly until: number;
}

/**
 * Reads `90m`, `24h`, `7d`, or a moment as ISO 8601, as the beginning of a period that ends at `now`. Throws for any other
 * text, and for a moment that is not before `now`.
 */
export function periodSince(text: string, now: number): Period {
  const [, amount, unit] = /^(\d{1,5})([smhd])$/.exec(text) ?? [];
  const since = amount ? now - Number(amount) * UNITS[unit as keyof typeof UNITS] : Date.parse(text);
  if (!(since < now))
    throw new Error('It is a time as 90m, 24h or 7d, or a past moment as 2026-11-01T00:00:00Z.');
  return { since, until: now };
}

/** The period of the same length that ends where this one begins. */
export function before({ since, until }: Period): Period {
  return { since: since - (until - since), until: since };
}

/** Length in days. */
export function daysOf({ since, until }: Period): number {
  return (until - since) / UNITS.d;
}

const STEPS = [UNITS.m, 5 * UNITS.m, 15 * UNITS.m, UNITS.h, 6 * UNITS.h, UNITS.d, 7 * UNITS.d];

/** The most parts of a plot. */
const MOST = 60;

/** The length of a plot's parts (ms): minutes, hours or days, which begin on whole ones of UTC. */
export function partOf({ since, until }: Period): number {
  return STEPS.find((step) => (until - since) / step <= MOST) ?? STEPS.at(-1)!;
}

/** When each part of the period begins (ms since 1970). The first part may begin before the period. */
export function partsOf(period: Period): number[] {
  const length = partOf(period);
  const first = Math.floor(period.since / length) * length;
  return Array.from(
    { length: Math.ceil((period.until - first) / length) },
    (_, index) => first + index * length,
  );
}
