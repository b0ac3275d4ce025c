/** What the callables about webhook endpoints have in common. */

import { config } from '../platform/config.ts';
import { temporal } from '../platform/temporal.ts';
import type { Deliveries } from './deliveries.ts';

/** The callables need the custom claim `admin`, since an endpoint learns of every user's scans. */
export const WEBHOOK_ADMIN = {
  for: 'admin',
  rate: { max: 120, perSeconds: 60 },
  options: { memory: '256MiB', timeoutSeconds: 60 },
} as const;

/** Where the workflows of deliveries run. */
export function deliveries(): Deliveries {
  return { temporal: temporal(), taskQueue: config().temporal.taskQueue };
}
