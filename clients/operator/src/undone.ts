/** An act on a scan that has not been done yet, and what is said once it is done. */

import type { ActDone, ScanAct, Why } from '@reddyfit/shared/operator/acts';
import { timeOf } from './show.ts';

type Without<Act> = Act extends ScanAct ? Omit<Act, 'actId' | keyof Why> : never;

/** The act without its id and its reason, which are added when it is done. */
export type Undone = Without<ScanAct>;

const GIVEN: Readonly<Record<string, string>> = {
  credit_given: 'the credit is given back',
  credit_given_before: 'the credit was given back before',
  nothing_was_spent: 'the scan has cost nothing',
};

/** What an operator reads after an act with this outcome. */
export function doneInWords(act: Undone['act'], { outcome, before }: ActDone): string {
  if (before !== undefined)
    return `It was done before, at ${timeOf(before)} (UTC), once: its outcome was “${outcome}”. Nothing more is done now.`;
  switch (act) {
    case 'cancel':
    case 'fail':
      return `Done: the scan is ${outcome} now.`;
    case 'retry_step':
      return `Done: the step is ${outcome} now.`;
    case 'push':
    case 'webhook':
      return 'Done: it is on its way.';
    case 'begin_again':
      return `Done: ${GIVEN[outcome] ?? outcome}.`;
  }
}
