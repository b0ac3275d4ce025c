/** Incident mode: operators can pause the admission of new scans. Scans that were admitted before go on to their end. */

import { ADMISSION_CHAIN, type AuditAction } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import {
  type AdmissionChange,
  type AdmissionDocument,
  admissionDocument,
  type AdmissionView,
} from '@reddyfit/shared/operator/admission';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import { auditHeadOf, writeAudit } from '../platform/audit-chain.ts';

const ADMISSION = paths.operation('admission');
const OPEN: ScanStatus[] = ['submitted', 'queued', 'processing'];
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

/**
 * Whether new scans are taken, how many scans have not ended, and when the oldest of them was created. It costs one document,
 * one count and one query.
 */
export async function admissionOf(db: Firestore): Promise<AdmissionView> {
  const open = db.collection(paths.scans()).where('status', 'in', OPEN);
  const [stored, count, oldest] = await Promise.all([
    db.doc(ADMISSION).get(),
    open.count().get(),
    open.orderBy('createdAt').select('createdAt').limit(1).get(),
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
  };
}
