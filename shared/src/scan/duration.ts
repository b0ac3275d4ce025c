/** How long a scan took, as its document says. */

import { timestamp } from '../timestamps.ts';

/**
 * Field `durationMs`: from the document's `createdAt` to the scan's end (ms, 0 at least). Without the field where `createdAt` is no timestamp: a
 * document may have come past the rules, or a person in the console may have written anything, and a scan ends all the same.
 */
export function durationOf(createdAt: unknown, end: Date): { durationMs?: number } {
  const begun = timestamp.safeParse(createdAt);
  return begun.success ? { durationMs: Math.max(0, end.getTime() - begun.data.toMillis()) } : {};
}
