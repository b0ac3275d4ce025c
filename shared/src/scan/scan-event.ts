/** One event of a scan, in the catalogue's form. */

import type { ScanEvent, ScanEventType } from './events.ts';
import type { ScanStatus } from './statuses.ts';
import type { StepName } from './steps.ts';

/** Of a scan that is in `status` once `type` has happened at `time` (ms since 1970). Its id is the same on every repeat. */
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
