/** Verifies every anchor and every audit chain because an auditor asked for it, and writes nothing. */

import {
  ANCHORS_CHECKED,
  type AuditCheckFound,
  CHECK_FAULTS_SHOWN,
} from '@reddyfit/shared/operator/audit-check';
import { CHECK_AUDIT_QUERY } from '@reddyfit/shared/names/ids';
import { continueAsNew, defineQuery, setHandler } from '@temporalio/workflow';
import type { AuditCheckPlan } from '../operations/activities.ts';
import { checkAnchors, planAuditCheck, verifyAuditPage } from '../operations/activity-proxies.ts';

/**
 * Anchors in one activity: of a million chains each has 2000 pages, and what an activity has read before its time is over, or its
 * worker ends, is read again.
 */
const AT_ONCE = 1;

/** After this many activities the workflow continues as a new run, because its own history must not grow without end. */
const MOST_ACTIVITIES = 100;

/** Answers how far the verification has come. */
const auditCheckQuery = defineQuery<AuditCheckFound>(CHECK_AUDIT_QUERY);

/** How far the verification has come. */
interface Checking {
  plan: AuditCheckPlan;
  found: AuditCheckFound;
  /** The anchor with which the chains are compared. */
  whole: { object: string; root: string } | null;
  page: number;
  after: string | null;
  /** Names of the broken objects that the comparison of chains has come upon. */
  brokenObjects: string[];
}

/**
 * First the anchors, the latest first, then all chains in the order of their names, compared with the latest anchor that is
 * whole. After a crash only the activity that was under way is done again. Resolves with what was found; `auditCheckQuery` tells
 * it meanwhile.
 */
export async function checkAuditWorkflow(resumed?: Checking): Promise<AuditCheckFound> {
  const work = resumed ?? begun(await planAuditCheck({ most: ANCHORS_CHECKED }));
  const { plan, found } = work;
  const { anchors } = found;
  setHandler(auditCheckQuery, () => found);
  const add = (faults: readonly string[]) => {
    found.faults = [...found.faults, ...faults].slice(0, CHECK_FAULTS_SHOWN);
  };
  for (let activities = 0; ; activities += 1) {
    if (activities === MOST_ACTIVITIES) return continueAsNew<typeof checkAuditWorkflow>(work);
    if (anchors.checked < plan.objects.length) {
      const objects = plan.objects.slice(anchors.checked, anchors.checked + AT_ONCE);
      const next = plan.objects[anchors.checked + objects.length];
      const isUnknown = next === undefined && plan.more;
      const checked = await checkAnchors({ objects, ...(!isUnknown && { older: next ?? null }) });
      anchors.checked += checked.checked;
      anchors.broken += checked.broken;
      anchors.last ??= checked.last;
      anchors.first = checked.first ?? anchors.first;
      if (!work.whole && checked.whole) {
        const { day, ...whole } = checked.whole;
        work.whole = whole;
        found.heldAgainst = day;
      }
      add(checked.faults);
      continue;
    }
    const { day, at } = plan;
    const page = await verifyAuditPage({
      day,
      at,
      previous: work.whole,
      firstRoot: '',
      anchoring: false,
      page: work.page,
      after: work.after,
      root: '',
    });
    found.chains += page.chains;
    found.entries += page.entries;
    found.broken += page.broken;
    add(page.faults);
    // An object that broke since it was checked above.
    for (const { object, fault } of page.brokenObjects ?? []) {
      if (work.brokenObjects.includes(object)) continue;
      work.brokenObjects.push(object);
      anchors.broken += 1;
      add([fault]);
    }
    if (page.after === null) return found;
    work.after = page.after;
    work.page += 1;
  }
}

function begun(plan: AuditCheckPlan): Checking {
  const { objects, more, at } = plan;
  const found: AuditCheckFound = {
    startedAt: at,
    anchors: { there: objects.length, more, checked: 0, broken: 0, first: null, last: null },
    heldAgainst: null,
    chains: 0,
    entries: 0,
    broken: 0,
    faults: [],
  };
  return { plan, found, whole: null, page: 1, after: null, brokenObjects: [] };
}
