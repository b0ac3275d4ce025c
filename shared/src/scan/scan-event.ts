/** One event of a scan, in the catalogue's form. */

import type { ScanEvent, ScanEventType } from './events.ts';
import type { ScanStatus } from './statuses.ts';
import type { StepName } from './steps.ts';

/**
 * Builds the event `type`, which happened at `time` (ms since 1970) and left the scan in `status`. Its id is
 * `<scanId>:<type>`, with `:<step>` for a step, and so the same on every repeat.
 */
export function eventOf(
  { scanId, userId }: { scanId: string; userId: string },
  type: ScanEventType,
  status: ScanStatus,
  time: number,
  step?: StepName,
): ScanEvent {
  return {
    specversion: '1.0',
    id: [scanId, type, step].filter(Boolean).join(':'),
    source: '/scans',
    subject: scanId,
    time: new Date(time).toISOString(),
    datacontenttype: 'application/json',
    type,
    data: { scanId, userId, status, ...(step && { step }) },
  } as ScanEvent;
}
