/** What a scan's workflow can be found by once it has ended. */

import { SEARCH_ATTRIBUTES } from '@reddyfit/shared/temporal/search-attributes';
import type { TerminalStatus } from '@reddyfit/shared/scan/statuses';
import { patched, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

/**
 * States outcome and whether a stand-in answered. Only of a workflow that was started with these attributes: where the namespace does
 * not know them it was started without, and naming them would keep it from ever ending.
 * `isKnown` where the workflow is known to have begun under a build that states them.
 */
export function recordOutcome(outcome: TerminalStatus, simulated: boolean, isKnown: boolean): void {
  const { typedSearchAttributes } = workflowInfo();
  if (typedSearchAttributes.get(SEARCH_ATTRIBUTES.outcome) === undefined) return;
  // A worker of an earlier build ended some that were. A patch that is asked for only now is an action by itself.
  if (!isKnown && !patched('search-attributes')) return;
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.outcome, value: outcome },
    { key: SEARCH_ATTRIBUTES.simulated, value: simulated },
  ]);
}
