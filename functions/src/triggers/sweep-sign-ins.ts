/** Schedule: finds users without a sign-in whose deletion no event has started, and starts it. */

import { paths } from '@reddyfit/shared/names/paths';
import { FieldPath } from 'firebase-admin/firestore';
import { onSchedule } from 'firebase-functions/v2/scheduler';
import { eraseLeftovers } from '../accounts/erase-leftovers.ts';
import { missingUsers } from '../accounts/sign-ins.ts';
import { fewAtATime } from '../platform/few-at-a-time.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';

/** How many users are looked up at once: as many as Firebase Auth answers for in one request. */
const PAGE = 100;

/**
 * When more ids than this number, and more than this share of the users, have no sign-in, the functions more likely ask the wrong
 * Auth: nothing is deleted, and an operator has to look.
 */
const BELIEVABLE = { users: 50, share: 0.1 } as const;

export const sweepSignIns = onSchedule(
  { schedule: 'every day 04:15', timeoutSeconds: 540, memory: '512MiB', maxInstances: 1 },
  async () => {
    await eraseWithoutSignIn(new Date());
  },
);

/**
 * What a run found. `users` is the number of profiles or of accounts, whichever are more: most users have both.
 * `refused` is true when it found too many to believe, and deleted nothing.
 */
export interface SweptSignIns {
  users: number;
  withoutSignIn: number;
  refused: boolean;
}

/** One run over users and accounts. Safe to repeat and to run twice at once. Throws when Firestore or Auth does not answer. */
export async function eraseWithoutSignIn(now: Date): Promise<SweptSignIns> {
  const missing = new Set<string>();
  let users = 0;
  for (const collection of [paths.users(), paths.accounts()]) {
    const query = firestore().collection(collection).orderBy(FieldPath.documentId()).select();
    let documents = 0;
    for await (const page of fewAtATime(query, { page: PAGE, atOnce: PAGE })) {
      documents += page.length;
      for (const uid of await missingUsers(page.map(({ id }) => id))) missing.add(uid);
    }
    users = Math.max(users, documents);
  }
  const found = { users, withoutSignIn: missing.size };
  if (missing.size > BELIEVABLE.users && missing.size > BELIEVABLE.share * users) {
    logs.signInsMissing(missing.size, users);
    return { ...found, refused: true };
  }
  for (const uid of missing) {
    try {
      await eraseLeftovers(firestore(), uid, now);
    } catch (error) {
      logs.sweepTroubled(uid, error);
    }
  }
  logs.sweptSignIns(found);
  return { ...found, refused: false };
}
