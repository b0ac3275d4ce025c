/** Incident mode: operators can pause the admission of new scans. Scans that were admitted before go on to their end. */

import { ADMISSION_CHAIN, type AuditAction } from '@reddyfit/shared/audit/chain';
import { RETRY_STEP_WORKFLOW } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import {
  type AdmissionChange,
  type AdmissionDocument,
  admissionDocument,
  type AdmissionView,
} from '@reddyfit/shared/operator/admission';
import { OPEN_STATUSES } from '@reddyfit/shared/scan/statuses';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import { auditHeadOf, writeAudit } from '../../platform/audit-chain.ts';
import type { TemporalClient } from '../../platform/temporal-client.ts';

const ADMISSION = paths.operation('admission');
const ACTIONS = { paused: 'admission_paused', open: 'admission_resumed' } as const satisfies Record<
  string,
  AuditAction
>;

/** True while no new scans are taken. A document that cannot be read counts as `open`, so that it stops nobody. */
export async function isAdmissionPaused(db: Firestore): Promise<boolean> {
  const { data } = admissionDocument.safeParse((await db.doc(ADMISSION).get()).data());
  return data?.state === 'paused';
}

/**
 * Stops taking new scans, or takes them again, from the next scan on. One transaction also records who did it and why in the
 * chain `operations:admission`. `by` as in the chain. Resolves with false when admission is in `state` already, whoever brought
 * it there: nothing is then changed or recorded.
 */
export function changeAdmission(
  db: Firestore,
  { state, reason, reference }: AdmissionChange,
  { by, now }: { by: string; now: Date },
): Promise<boolean> {
  return db.runTransaction(async (tx) => {
    const [stored, head] = await tx.getAll(db.doc(ADMISSION), db.doc(paths.auditLog(ADMISSION_CHAIN)));
    const before = admissionDocument.safeParse(stored!.data()).data?.state ?? 'open';
    if (before === state) return false;
    const change: AdmissionDocument = { state, since: Timestamp.fromDate(now), by, reason, reference };
    tx.set(stored!.ref, change);
    const at = now.toISOString();
    const action = ACTIONS[state];
    writeAudit(db, tx, ADMISSION_CHAIN, auditHeadOf(head!), [
      { key: `${action}:${at}`, at, actor: by, action, detail: { reason, reference } },
    ]);
    return true;
  });
}

/** How long Temporal may take to count (ms). */
const COUNT_DEADLINE_MS = 5000;

/** Firestore orders values of other types before and after all times. */
const FIRST_TIME = Timestamp.fromMillis(0);

/**
 * Whether new scans are taken, how many scans have not ended, when the oldest of them was created, and how many steps run again.
 * It costs one document, two counts and one query. `temporal` is null where the environment does not say where Temporal is.
 */
export async function admissionOf(db: Firestore, temporal: TemporalClient | null): Promise<AdmissionView> {
  const open = db.collection(paths.scans()).where('status', 'in', OPEN_STATUSES);
  // One whose time is none counts, and is not the oldest.
  const timed = open.where('createdAt', '>=', FIRST_TIME).orderBy('createdAt');
  const [stored, count, oldest, retries] = await Promise.all([
    db.doc(ADMISSION).get(),
    open.count().get(),
    timed.select('createdAt').limit(1).get(),
    temporal ? runningRetries(temporal).catch(() => null) : null,
  ]);
  const { data } = admissionDocument.safeParse(stored.data());
  const iso = (time: { toMillis(): number }) => new Date(time.toMillis()).toISOString();
  return {
    state: data?.state ?? 'open',
    last: data
      ? { since: iso(data.since), by: data.by, reason: data.reason, reference: data.reference }
      : null,
    running: count.data().count,
    oldestAt: oldest.docs[0] ? iso(oldest.docs[0].get('createdAt') as Timestamp) : null,
    retries,
  };
}

/** Temporal's index is a moment behind. Throws when it is away. */
async function runningRetries(temporal: TemporalClient): Promise<number> {
  const query = `WorkflowType = '${RETRY_STEP_WORKFLOW}' AND ExecutionStatus = 'Running'`;
  return temporal.use(COUNT_DEADLINE_MS, async ({ workflow }) => (await workflow.count(query)).count);
}
