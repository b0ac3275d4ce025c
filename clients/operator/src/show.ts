/** Formats times, durations and numbers for the desk. Times are in UTC, as in the logs. */

/** An ISO 8601 time as `2026-11-29 12:30:05`. */
export function timeOf(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** Milliseconds as `850 ms`, `12.3 s` or `4 min 5 s`; a dash for undefined. */
export function durationOf(ms: number | undefined): string {
  if (ms === undefined) return '–';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** The detail of an entry as `reason=incident reference=INC-7`. */
export function detailOf(detail: Readonly<Record<string, unknown>> = {}): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** A share (0 to 1) as a percentage; a dash for null. */
export function shareOf(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(1)} %`;
}

/** US dollars to a hundredth of a cent; a dash for null. */
export function costOf(usd: number | null): string {
  return usd === null ? '–' : usd.toFixed(4);
}
