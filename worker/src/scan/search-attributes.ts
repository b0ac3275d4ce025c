/** Search attributes by which a scan's workflow can be found once it has ended. */

import { SEARCH_ATTRIBUTES } from '@reddyfit/shared/temporal/search-attributes';
import type { TerminalStatus } from '@reddyfit/shared/scan/statuses';
import { patched, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

/**
 * Sets the outcome, and whether a stand-in model answered. Does so only when the workflow was started with these
 * attributes. In a namespace that does not know them the workflow was started without them, and setting them would keep
 * it from ever ending.
 */
export function recordOutcome(outcome: TerminalStatus, simulated: boolean): void {
  const { typedSearchAttributes } = workflowInfo();
  if (typedSearchAttributes.get(SEARCH_ATTRIBUTES.outcome) === undefined) return;
  // Workers of an earlier build ended some workflows with these attributes without setting them.
  if (!patched('search-attributes')) return;
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.outcome, value: outcome },
    { key: SEARCH_ATTRIBUTES.simulated, value: simulated },
  ]);
}
