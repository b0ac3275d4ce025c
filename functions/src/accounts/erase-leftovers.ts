/** Begins the deletion of an account whose sign-in is gone: what a user leaves who deletes only that, by a client SDK or a console. */

import { paths } from '@reddyfit/shared/names/paths';
import type { Firestore } from 'firebase-admin/firestore';
import { markForDeletion, startDeletion } from './account-deletion.ts';

/**
 * True when something of the user is there, whose deletion runs from now on: the one that deleteMyAccount starts. Key: the user id; one
 * that runs goes on, and of an account that is gone nothing is begun. Throws when Firestore or Temporal cannot be reached.
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
