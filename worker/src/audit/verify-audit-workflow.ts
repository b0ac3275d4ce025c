/** Verifies every audit chain, anchors what they are today in the archive, and holds every balance against its ledger. */

import { continueAsNew, patched } from '@temporalio/workflow';
import type { AuditCursor, AuditPlan, AuditTotals } from '../operations/activities.ts';
import type { AuditVerification } from './ports.ts';
import {
  anchorAudit,
  planVerification,
  recordBalances,
  verifyAuditPage,
  verifyBalancesPage,
} from '../operations/activity-proxies.ts';

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
 * do not end it: they are counted in operations/audit_verify, where the alarm looks, as accounts that do not agree with their ledger are
 * in operations/balance_verify. Resolves with what was found of the chains.
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
  const verified = await anchorAudit({ ...plan, root, chains, entries, broken, faults, pages });
  if (patched('balances')) await verifyBalances();
  return verified;
}

/** A page has 500 accounts and leaves six events, so one run has room for four million accounts. */
async function verifyBalances(): Promise<void> {
  const found = { accounts: 0, unbalanced: 0 };
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof verifyBalancesPage>> = await verifyBalancesPage({ after });
    found.accounts += page.accounts;
    found.unbalanced += page.unbalanced;
    after = page.after;
    if (after === null) break;
  }
  await recordBalances(found);
}

function begun(plan: AuditPlan): Verifying {
  const nothing = { chains: 0, entries: 0, broken: 0, faults: [], pages: [] };
  return { ...nothing, plan, page: 1, after: null, root: plan.firstRoot };
}
