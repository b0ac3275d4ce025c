/** rememberScan: one sentence about this scan for the next one's estimation. */

import type { Memory } from '../ports.ts';
import type { Activities } from './activities.ts';

/** Stores the scan's numbers as text, under the scan's id. */
export function createRememberScan(memory: Memory, signal: () => AbortSignal): Activities['rememberScan'] {
  return async ({ scanId, userId, createdAt, subject, estimation }) => {
    const { bodyFatPercent, leanMassLb, fatMassLb } = estimation;
    const text =
      `On ${createdAt.slice(0, 10)}: body fat ${bodyFatPercent.toFixed(1)} %, ` +
      `lean mass ${leanMassLb.toFixed(1)} lb, fat mass ${fatMassLb.toFixed(1)} lb, weight ${subject.weightLb} lb.`;
    await memory.remember(userId, scanId, text, signal());
  };
}
