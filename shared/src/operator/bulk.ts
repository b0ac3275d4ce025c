/** One act on many scans, previewed by a dry run and then done on each scan by itself. */

import { z } from 'zod';
import { SCAN_ID_PATTERN } from '../names/ids.ts';
import { OPTIONAL_STEP_NAMES } from '../scan/steps.ts';
import { actId, why } from './acts.ts';

/**
 * The most scans of one request: as many as an operator can look through before they confirm, and as many as one request can
 * handle in its time.
 */
export const BULK_MOST = 100;

/** The acts that can be done on many scans: those that need no parameters for each scan. */
export const BULK_ACTS = ['retry_step', 'cancel', 'fail', 'push', 'begin_again'] as const;
export type BulkActName = (typeof BULK_ACTS)[number];

export const bulkRequest = z
  .strictObject({
    act: z.enum(BULK_ACTS),
    /** The step to retry. Required for retry_step, and not allowed for any other act. */
    step: z.enum(OPTIONAL_STEP_NAMES).optional(),
    scanIds: z.array(z.string().regex(SCAN_ID_PATTERN)).min(1).max(BULK_MOST),
    /** True: the answer tells what would be done, and nothing is done. */
    dryRun: z.boolean(),
    /** Identifies the act on all scans. A second request with the same id does only what the first one left undone. */
    actId,
    ...why,
  })
  .superRefine(({ act, step, scanIds }, { addIssue }) => {
    if ((act === 'retry_step') !== (step !== undefined))
      addIssue({
        code: 'custom',
        path: ['step'],
        message: 'It goes with retry_step, and with nothing else.',
      });
    if (new Set(scanIds).size < scanIds.length)
      addIssue({ code: 'custom', path: ['scanIds'], message: 'Name each scan once.' });
  });
export type BulkRequest = z.infer<typeof bulkRequest>;

/**
 * - `acts`: the act is done, or a dry run would do it.
 * - `changes_nothing`: the scan is already in the state that the act would give it.
 * - `refused`: the scan does not exist, belongs to the operator, or is in a state that does not allow the act.
 * - `failed`: a server could not be reached, or failed. The client may send the same request again.
 * - `left`: the time of the request was over before the act was done. The client may send the same request again.
 */
export const BULK_VERDICTS = ['acts', 'changes_nothing', 'refused', 'failed', 'left'] as const;

export const bulkDone = z.strictObject({
  dryRun: z.boolean(),
  /**
   * The number of scans with the verdict `failed` or `left`. The client may send the same request with the same `actId`
   * again to continue with them.
   */
  left: z.number().int(),
  scans: z.array(
    z.strictObject({
      scanId: z.string(),
      verdict: z.enum(BULK_VERDICTS),
      /** The act's outcome, the state of the scan or of its step, or the code of the error that prevents the act. */
      word: z.string(),
    }),
  ),
});
export type BulkDone = z.infer<typeof bulkDone>;
