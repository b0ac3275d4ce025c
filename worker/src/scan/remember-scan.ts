/** The activity rememberScan: stores one sentence about this scan for the next scan's estimation. */

import type { Memory } from '../store/ports.ts';
import type { AfterwardsWork } from './update-firestore.ts';
import { scanMemory } from './scan-memory.ts';

/** Makes the activity, which stores the scan's numbers as text under the scan's id. */
export function createRememberScan(memory: Pick<Memory, 'remember'>): AfterwardsWork['rememberScan'] {
  return async ({ scanId, userId, createdAt, subject, estimation }, signal) => {
    const text = scanMemory(createdAt, subject.weightLb, estimation);
    await memory.remember(userId, scanId, text, signal);
  };
}
