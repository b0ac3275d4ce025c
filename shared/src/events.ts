/** Events on the Pub/Sub topic `scan-events`: CloudEvents 1.0, ids and states only. */

import { z } from 'zod';

/** How the end of a scan is announced. */
export const SCAN_EVENT_TYPES = ['scan.completed', 'scan.rejected', 'scan.failed', 'scan.canceled'] as const;

export const scanEvent = z.strictObject({
  specversion: z.literal('1.0'),
  /** `<scanId>:<type>`: the same under every retry. */
  id: z.string(),
  source: z.literal('/scans'),
  type: z.enum(SCAN_EVENT_TYPES),
  /** The scan id. */
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.strictObject({ scanId: z.string(), userId: z.string(), status: z.string() }),
});
export type ScanEvent = z.infer<typeof scanEvent>;
