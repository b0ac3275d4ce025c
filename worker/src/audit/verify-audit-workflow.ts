/** Verifies every audit chain, and anchors what they are today in the archive. */

import { continueAsNew } from '@temporalio/workflow';
import type { AuditCursor, AuditPlan, AuditTotals } from '../operations/activities.ts';
import type { AuditVerification } from '../ports.ts';
import { anchorAudit, planVerification, verifyAuditPage } from '../operations/activity-proxies.ts';

/** Then the workflow goes on as a new run: its own history must not grow without end. */
const MOST_PAGES = 100;

/** Of what is wrong, this much is told. */
const MOST_FAULTS = 10;

/** How far a verification is. */
export interface Verifying extends AuditCursor, AuditTotals {
  plan: AuditPlan;
}

/**
 * Goes through all chains in the order of their names, a page at a time; a crash costs the page that was under way. Broken chains
 * do not end it: they are counted in operations/audit_verify, where the alarm looks. Resolves with what was found.
 */
export async function verifyAuditWorkflow(resumed?: Verifying): Promise<AuditVerification> {
  const work = resumed ?? begun(await planVerification());
  const { plan } = work;
  for (let pages = 1; ; pages += 1) {
    const found = await verifyAuditPage({ ...plan, page: work.page, after: work.after, root: work.root });
    work.chains += found.chains;
    work.entries += found.entries;
    work.broken += found.broken;
    work.faults = [...work.faults, ...found.faults].slice(0, MOST_FAULTS);
    if (found.written) work.pages.push(found.written);
    work.root = found.root;
    if (found.after === null) break;
    work.after = found.after;
    work.page += 1;
    if (pages === MOST_PAGES) return continueAsNew<typeof verifyAuditWorkflow>(work);
  }
  const { root, chains, entries, broken, faults, pages } = work;
  return anchorAudit({ ...plan, root, chains, entries, broken, faults, pages });
}

function begun(plan: AuditPlan): Verifying {
  const nothing = { chains: 0, entries: 0, broken: 0, faults: [], pages: [] };
  return { ...nothing, plan, page: 1, after: null, root: plan.firstRoot };
}
