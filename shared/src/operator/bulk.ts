/** One act about many scans: looked at first, then done, each scan by itself. */

import { z } from 'zod';
import { SCAN_ID_PATTERN } from '../names/ids.ts';
import { OPTIONAL_STEP_NAMES } from '../scan/steps.ts';
import { actId, why } from './acts.ts';

/** Scans of one request: what an operator can look through before they say yes, and what is done within one request's time. */
export const BULK_MOST = 100;

/** What may be done about many scans: what needs nothing of its own for each. */
export const BULK_ACTS = ['retry_step', 'cancel', 'fail', 'push', 'begin_again'] as const;
export type BulkActName = (typeof BULK_ACTS)[number];

export const bulkRequest = z
  .strictObject({
    act: z.enum(BULK_ACTS),
    /** Of retry_step, and of no other. */
    step: z.enum(OPTIONAL_STEP_NAMES).optional(),
    scanIds: z.array(z.string().regex(SCAN_ID_PATTERN)).min(1).max(BULK_MOST),
    /** True: says what would be done, and does nothing. */
    dryRun: z.boolean(),
    /** Names the whole: again, what is left is done, and nothing twice. */
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
 * `acts`: it is done, or would be. `changes_nothing`: it was so already. `refused`: not as things are. `failed`: a server was away; send the same
 * again. `left`: the time of the request was over first; send the same again.
 */
export const BULK_VERDICTS = ['acts', 'changes_nothing', 'refused', 'failed', 'left'] as const;

export const bulkDone = z.strictObject({
  dryRun: z.boolean(),
  /** Scans that are to be gone on with, by the same request with the same `actId`: those that `failed` and those that are `left`. */
  left: z.number().int(),
  scans: z.array(
    z.strictObject({
      scanId: z.string(),
      verdict: z.enum(BULK_VERDICTS),
      /** What became of it, how the scan stands, or the code of what is in the way. */
      word: z.string(),
    }),
  ),
});
export type BulkDone = z.infer<typeof bulkDone>;
