/** How long a scan took, as its document says. */

import { timestamp } from '../timestamps.ts';

/**
 * The field `durationMs`: the time from the document's `createdAt` to the scan's end (ms, at least 0). Without a valid
 * timestamp in `createdAt` the result has no field: a document may have bypassed the rules or been edited in the console, and
 * its scan must end all the same.
 */
export function durationOf(createdAt: unknown, end: Date): { durationMs?: number } {
  const begun = timestamp.safeParse(createdAt);
  return begun.success ? { durationMs: Math.max(0, end.getTime() - begun.data.toMillis()) } : {};
}
