/**
 * The activity estimation, which also brings the change since the last scan: the comparison takes a tenth of a second, and an
 * activity of its own is an action of Temporal and a way through its server more.
 */

import { within } from '@reddyfit/shared/within';
import { log } from '../platform/logs.ts';
import type { StepActivities } from './activities.ts';

/** How long an estimation that is ready waits for the change (ms). */
const PATIENCE_MS = 900;

/**
 * Makes the activity of the steps' activities `estimation` and `delta`. The change is compared only where the workflow asks for it
 * (`withChange`). Where that fails, or takes longer than `patienceMs` (ms), the answer is the estimation alone, and the workflow
 * has the step delta run by itself, with its retries.
 */
export function estimationWithChange(
  { estimation, delta }: Pick<StepActivities, 'estimation' | 'delta'>,
  patienceMs = PATIENCE_MS,
): StepActivities['estimation'] {
  return async ({ withChange, ...input }) => {
    const result = await estimation(input);
    if (!withChange) return result;
    const { scanId, userId, subject, createdAt } = input;
    const comparing = delta({ scanId, userId, subject, createdAt, estimation: result });
    const change = await within(comparing, patienceMs, () => undefined).catch(() => undefined);
    if (change) return { ...result, change };
    log('WARNING', 'change_not_brought', { scanId });
    return result;
  };
}
