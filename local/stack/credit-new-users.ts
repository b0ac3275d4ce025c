/** Gives whoever makes an account on this machine credits to try a scan with. Nothing that is deployed knows of it. */

import { paths } from '@reddyfit/shared/names/paths';
import { Firestore } from 'firebase-admin/firestore';
import { grantCreditsOnce } from '../../functions/src/accounts/credit-ledger.ts';
import type { StackFile } from './stack-file.ts';

const CREDITS = 20;

/**
 * Grants them to each user whose profile appears and who has no account yet, until the returned function is called. By the ledger, under one
 * grant id: a user who is seen again gets nothing more.
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
    void process.stderr.write(`new users get no credits: ${String(error)}\n`);
  const stop = db
    .collection(paths.users())
    .onSnapshot(
      (users) =>
        void Promise.all(
          users.docChanges().flatMap(({ type, doc }) => (type === 'added' ? [credit(doc.id)] : [])),
        ).catch(report),
      report,
    );
  return async () => {
    stop();
    await db.terminate();
  };
}
