/** Deletes what is left of an account when only its sign-in was deleted, by a client SDK or in a console. */

import { paths } from '@reddyfit/shared/names/paths';
import type { Firestore } from 'firebase-admin/firestore';
import { markForDeletion, startDeletion } from './account-deletion.ts';

/**
 * When anything of the user is left, starts the same deletion as deleteMyAccount and resolves with true. The idempotency key is
 * the user id: a deletion that runs already goes on. When nothing is left, starts nothing and resolves with false. Throws when
 * Firestore or Temporal cannot be reached.
 */
export async function eraseLeftovers(db: Firestore, uid: string, now: Date): Promise<boolean> {
  const [[user, account], scans] = await Promise.all([
    db.getAll(db.doc(paths.user(uid)), db.doc(paths.account(uid))),
    db.collection(paths.scans()).where('userId', '==', uid).limit(1).select().get(),
  ]);
  if (!user!.exists && !account!.exists && scans.empty) return false;
  if (!user!.get('deletion')) await markForDeletion(db, uid, now);
  await startDeletion(uid);
  return true;
}
