/** Which chains are about a user. */

import { accountChain, userChain } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import type { Firestore } from 'firebase-admin/firestore';
import { sha256 } from '../../worker/src/audit/firestore-audit.ts';

/**
 * Names of the user's own chain, of the chains of their scans, including deleted scans, and of the chain of a deleted
 * account. `user` is a uid or an email; the uid may be that of an account that no longer exists.
 */
export async function chainsOfUser(
  db: Firestore,
  user: string,
  uidOf: (user: string) => Promise<string>,
): Promise<string[]> {
  const uid = user.includes('@') ? await uidOf(user) : user;
  const [scans, acts] = await Promise.all([
    db.collection(paths.scans()).where('userId', '==', uid).select().get(),
    db.collectionGroup('entries').where('actor', '==', `user:${uid}`).select().get(),
  ]);
  return [
    ...new Set([
      userChain(uid),
      accountChain(sha256(uid)),
      ...scans.docs.map(({ id }) => id),
      ...acts.docs.map(({ ref }) => ref.parent.parent!.id),
    ]),
  ];
}
