/** Archived histories as lines for a terminal. */

import type { ArchivedObject } from '../../worker/src/archive/ports.ts';

export function objectLine({ object, bytes, metadata }: ArchivedObject): string {
  const { status = 'unknown', closedAt = 'unknown' } = metadata;
  return [closedAt, status.padEnd(10), `${Math.ceil(bytes / 1024)} KiB`.padStart(8), object].join('  ');
}
