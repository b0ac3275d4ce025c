/** Gives every new user of this machine's stack credits to try scans with. No deployment does this. */

import { setTimeout as wait } from 'node:timers/promises';
import { paths } from '@reddyfit/shared/names/paths';
import { Firestore } from 'firebase-admin/firestore';
import { grantCreditsOnce } from '../../functions/src/accounts/credit-ledger.ts';
import type { StackFile } from './stack-file.ts';

const CREDITS = 20;

/**
 * How often a grant is tried, and the wait after its first failure (ms); after the n-th failure the wait is n times as long.
 */
const TRIES = 5;
const RETRY_MS = 500;

/**
 * Grants CREDITS to each user whose profile appears and who has no account yet, until the returned function is called.
 * The grants go through the ledger under one grant id, so a user who is seen again gets nothing more.
 */
export function creditNewUsers({
  projectId,
  firestore,
}: Pick<StackFile, 'projectId' | 'firestore'>): () => Promise<void> {
  const db = new Firestore({
    projectId,
    host: firestore,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  const credit = async (uid: string) => {
    if ((await db.doc(paths.account(uid)).get()).exists) return;
    const grant = { uid, amount: CREDITS, grantId: 'new-local-user', actor: 'operator:local-stack' };
    await grantCreditsOnce(db, { ...grant, perDay: Number.MAX_SAFE_INTEGER, now: new Date() });
  };
  const report = (error: unknown) =>
    void process.stderr.write(`a new user gets no credits: ${String(error)}\n`);
  const untilCredited = async (uid: string) => {
    for (let tries = 1; !stopped; tries++) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one try after another
        return await credit(uid);
      } catch (error) {
        if (stopped) return;
        if (tries === TRIES) return report(error);
        // oxlint-disable-next-line no-await-in-loop -- it waits
        await wait(tries * RETRY_MS);
      }
    }
  };
  let stopped = false;
  // Grants run one after another: all grants of a day write the same document, so concurrent ones would make each other
  // retry.
  let granting: Promise<unknown> = Promise.resolve();
  const stop = db.collection(paths.users()).onSnapshot((users) => {
    for (const { type, doc } of users.docChanges())
      if (type === 'added') granting = granting.then(() => untilCredited(doc.id));
  }, report);
  return async () => {
    stopped = true;
    stop();
    await granting;
    await db.terminate();
  };
}
