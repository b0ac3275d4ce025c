/** The hours in which a push makes no sound. */

/** Hours of the user's clock (0–23): quiet from the start of `from` until the start of `until`. */
export interface QuietHours {
  from: number;
  until: number;
}

const NIGHT: QuietHours = { from: 22, until: 7 };

/**
 * Whether `now` is in the quiet hours of a user in `timeZone` (IANA). Without a time zone, or with an unknown one, no
 * hour is quiet: a user who has just made a scan is more likely awake than asleep.
 */
export function isQuiet(now: Date, timeZone: string | undefined, { from, until } = NIGHT): boolean {
  const hour = hourIn(timeZone, now);
  if (hour === undefined) return false;
  return from <= until ? hour >= from && hour < until : hour >= from || hour < until;
}

function hourIn(timeZone: string | undefined, now: Date): number | undefined {
  if (!timeZone) return undefined;
  try {
    const clock = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
    return Number(clock.format(now));
  } catch {
    return undefined;
  }
}
