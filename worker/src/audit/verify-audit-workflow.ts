/** Verifies every audit chain, anchors the heads of all chains in the archive, and compares every balance with its ledger. */

import { continueAsNew, patched } from '@temporalio/workflow';
import type { AuditCursor, AuditPlan, AuditTotals } from '../operations/activities.ts';
import type { BrokenObject } from './anchor.ts';
import type { AuditVerification } from './ports.ts';
import {
  anchorAudit,
  planVerification,
  recordBalances,
  verifyAuditPage,
  verifyBalancesPage,
} from '../operations/activity-proxies.ts';

/** After this many pages the workflow continues as a new run, because its own history must not grow without end. */
const MOST_PAGES = 100;

/** At most this many descriptions of faults are kept. */
const MOST_FAULTS = 10;

/** How far the verification has come. */
export interface Verifying extends AuditCursor, AuditTotals {
  plan: AuditPlan;
  /** Names of the broken objects that are counted. */
  brokenObjects?: string[];
}

/**
 * Verifies all chains in the order of their names, a page at a time; after a crash only the page that was under way is
 * done again. Neither a broken chain nor a broken object of the archive ends the workflow: they are counted in operations/audit_verify, and
 * accounts that do not agree with their ledger in operations/balance_verify, which the alerts read. Resolves with what
 * was found of the chains.
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
    for (const object of found.brokenObjects ?? []) countBroken(work, object);
    if (found.written) work.pages.push(found.written);
    // What somebody else put where this page belongs cannot be replaced, so the day gets no anchor.
    else plan.anchoring = false;
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

/**
 * Verifies all balances in one run. A page of 500 accounts adds six events to the history, so a run has room for four
 * million accounts.
 */
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
  const work: Verifying = { ...nothing, plan, page: 1, after: null, root: plan.firstRoot };
  for (const object of plan.brokenObjects ?? []) countBroken(work, object);
  return work;
}

/** Counts an object of the archive as broken, once, whichever pages name it. */
function countBroken(work: Verifying, { object, fault }: BrokenObject): void {
  const counted = (work.brokenObjects ??= []);
  if (counted.includes(object)) return;
  counted.push(object);
  work.broken += 1;
  work.faults = [...work.faults, fault].slice(0, MOST_FAULTS);
}
