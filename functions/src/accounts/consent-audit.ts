/** Records changes of consent in the user's audit chain. */

import { userChain } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { auditHeadOf, writeAudit } from '../platform/audit-chain.ts';

/** A change of a consent, according to its event. */
export interface ConsentChange {
  uid: string;
  purpose: string;
  /** The document after the change; it does not exist when it was deleted. */
  after: DocumentSnapshot | undefined;
  /** When it changed, ISO 8601. */
  time: string;
}

/**
 * Records whether the consent is granted or withdrawn after the change. The idempotency key is the purpose and the document's
 * version: an event that comes again adds nothing. Nothing is recorded for an account that is being deleted or is gone: its
 * chain is deleted with it and must not come back.
 */
export function recordConsent(db: Firestore, { uid, purpose, after, time }: ConsentChange): Promise<void> {
  const granted = after?.get('granted') === true;
  const policyVersion: unknown = after?.get('policyVersion');
  const action = granted ? 'consent_granted' : 'consent_withdrawn';
  const version = after?.updateTime ? `${after.updateTime.seconds}.${after.updateTime.nanoseconds}` : time;
  const chain = userChain(uid);
  return db.runTransaction(async (tx) => {
    const [user, head] = await tx.getAll(db.doc(paths.user(uid)), db.doc(paths.auditLog(chain)));
    // The rules let nobody delete a consent. A deleted consent without a profile therefore comes from the deletion of the
    // account.
    if (user!.get('deletion') || (!user!.exists && !after?.exists)) return;
    writeAudit(db, tx, chain, auditHeadOf(head!), [
      {
        key: `consent:${purpose}:${version}`,
        at: new Date(time).toISOString(),
        actor: `user:${uid}`,
        action,
        detail: { purpose, ...(isCode(policyVersion) && { policyVersion }) },
      },
    ]);
  });
}

/**
 * The client wrote the value. Whatever does not look like the name of a version is left out, since a chain holds codes and no
 * text.
 */
function isCode(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(value);
}
