/** What the callables about webhook endpoints have in common. */

import { config } from '../platform/config.ts';
import { temporal } from '../platform/temporal.ts';
import type { Deliveries } from './deliveries.ts';

/** Asks for the custom claim `admin`: an endpoint sees every user's scans come and go. */
export const WEBHOOK_ADMIN = {
  for: 'admin',
  rate: { max: 120, perSeconds: 60 },
  options: { memory: '256MiB', timeoutSeconds: 60 },
} as const;

/** Where deliveries run. */
export function deliveries(): Deliveries {
  return { temporal: temporal(), taskQueue: config().temporal.taskQueue };
}
