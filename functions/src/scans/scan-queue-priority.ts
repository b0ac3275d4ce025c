/** How a user's scans stand in Temporal's queue. */

import { createHash } from 'node:crypto';
import { type QueuePriority, scanPriority } from '@reddyfit/shared/temporal/priority';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** Behind the same user's, beside everyone else's. */
export function scanQueuePriority(userId: string): QueuePriority {
  return scanPriority(userId, sha256);
}
