/** A stand-in for the scans' workflow that ends as its argument says. */

import { ApplicationFailure, sleep } from '@temporalio/workflow';

/** Completes, fails, or waits to be canceled. */
export async function dailyScanWorkflow(how: 'completes' | 'fails' | 'waits'): Promise<string> {
  if (how === 'fails') throw ApplicationFailure.nonRetryable('told to');
  if (how === 'waits') await sleep('1 day');
  return how;
}
