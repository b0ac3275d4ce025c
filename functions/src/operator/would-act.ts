/** Tells what an act would do on a scan in its present state, without doing it. */

import type { BulkActName, BulkDone } from '@reddyfit/shared/operator/bulk';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { OptionalStepName } from '@reddyfit/shared/scan/steps';
import type { DocumentData } from 'firebase-admin/firestore';
import { isStateBroken } from '../scans/broken-fields.ts';

/** The fields of a scan that decide this. None is health data. */
export const WOULD_FIELDS = (step?: OptionalStepName) => [
  'userId',
  'status',
  ...(step ? [`steps.${step}.state`] : []),
];

export type Verdict = Pick<BulkDone['scans'][number], 'verdict' | 'word'>;

/**
 * The verdict about one scan. `scan` holds WOULD_FIELDS; undefined when the scan does not exist. While admission is
 * `paused`, no step is run again.
 */
export function wouldAct(
  scan: DocumentData | undefined,
  { act, step, paused }: { act: BulkActName; step?: OptionalStepName | undefined; paused: boolean },
  operator: string,
): Verdict {
  if (!scan) return { verdict: 'refused', word: 'ScanNotFoundError' };
  if (scan['userId'] === operator) return { verdict: 'refused', word: 'OwnAccountError' };
  if (isStateBroken(scan, { step })) return { verdict: 'refused', word: 'ScanUnreadableError' };
  const { status } = scan;
  const ended = isTerminal(status);
  const as = (verdict: Verdict['verdict']): Verdict => ({ verdict, word: String(status) });
  switch (act) {
    case 'cancel':
    case 'fail':
      return as(ended ? 'changes_nothing' : 'acts');
    case 'push':
      return ended ? as('acts') : { verdict: 'refused', word: 'ScanRunningError' };
    case 'begin_again':
      if (!ended) return { verdict: 'refused', word: 'ScanRunningError' };
      return as(status === 'completed' ? 'acts' : 'changes_nothing');
    case 'retry_step': {
      const state = scan['steps']?.[step!]?.state as string | undefined;
      if (status !== 'completed' || state === undefined)
        return { verdict: 'refused', word: 'StepNotRetryableError' };
      if (state !== 'completed' && paused) return { verdict: 'refused', word: 'AdmissionPausedError' };
      return { verdict: state === 'completed' ? 'changes_nothing' : 'acts', word: String(state) };
    }
  }
}
