/** Marks an account as to be deleted and has the worker delete it. */

import { DELETE_ACCOUNT_WORKFLOW, deleteAccountWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type { UserInput } from '@reddyfit/shared/temporal/workflows';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import { config } from '../platform/config.ts';
import { startOnce } from '../platform/start-once.ts';
import { temporal } from '../platform/temporal.ts';

/**
 * Marks the account: from then on no scan of the user is admitted. A second call sets the state to
 * `requested` again and keeps the time of the first call.
 */
export async function markForDeletion(db: Firestore, uid: string, now: Date): Promise<void> {
  const ref = db.doc(paths.user(uid));
  await db.runTransaction(async (tx) => {
    const before = (await tx.get(ref)).get('deletion') as { startedAt?: Timestamp } | undefined;
    const at = Timestamp.fromDate(now);
    const deletion = { state: 'requested', startedAt: before?.startedAt ?? at, updatedAt: at };
    tx.set(ref, { deletion }, { mergeFields: ['deletion'] });
  });
}

/**
 * Starts the deletion. The idempotency key is the user id: a deletion that runs already goes on. Throws when
 * Temporal could not be reached.
 */
export async function startDeletion(uid: string): Promise<void> {
  const input: UserInput = { userId: uid };
  await startOnce(temporal(), {
    type: DELETE_ACCOUNT_WORKFLOW,
    workflowId: deleteAccountWorkflowId(uid),
    taskQueue: config().temporal.taskQueue,
    input,
    again: 'after it ended',
  });
}
