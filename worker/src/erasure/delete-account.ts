/** Deletes an account: everything of the user, checked to be gone, users/{uid} as the last. */

import type { DeletionStage } from '@reddyfit/shared/account/users';
import { ID_TOKEN_LIFETIME_MS, UPLOAD_URL_LIFETIME_MS } from '@reddyfit/shared/scan/uploads';
import type { UserInput } from '@reddyfit/shared/temporal/workflows';
import { ApplicationFailure, CancellationScope, log, sleep, workflowInfo } from '@temporalio/workflow';
import * as activities from './activity-proxies.ts';

/** How long running scans may take to end once they are asked to; then they are ended where they stand (ms). */
const SCANS_MAY_TAKE_MS = 10 * 60_000;
const LOOK_EVERY = '5s';

/** How often what came back is deleted again: a phone that is still signed in may write meanwhile. */
const MOST_ROUNDS = 5;
const BETWEEN_ROUNDS = '5s';

/**
 * An ID token holds for an hour after its user is gone, and an upload URL that it got in its last minute for another quarter (ms); five
 * minutes more for clocks that differ.
 */
const TOKENS_AND_URLS_HOLD_MS = ID_TOKEN_LIFETIME_MS + UPLOAD_URL_LIFETIME_MS + 5 * 60_000;

/**
 * The order is what makes it final: the mark on users/{uid}, which keeps new scans from being admitted, was set by who
 * started this; then the scans under way end, so that nothing writes any more; then all is deleted, the sign-in as the last
 * of it, and counted. `deletion` of users/{uid} tells the stage.
 *
 * The audit chains of the scans go, too: they name the user. That the account was deleted stays on record, under a digest of
 * its id. When the tokens that a phone may still hold have run out, and the upload URLs they may have
 * been good for, what was written with them goes as well, unless someone
 * signed up under the same id since.
 *
 * Fails only when data keeps coming back; then `deletion.state` is `failed` and the user, or the operator, may ask again.
 */
export async function deleteAccountWorkflow({ userId }: UserInput): Promise<void> {
  const ref = { userId };
  let stage: DeletionStage = 'scans';
  const enter = async (next: DeletionStage) => {
    stage = next;
    await activities.reportDeletion({ ...ref, state: 'running', stage });
  };

  try {
    await enter('scans');
    await stopScans(userId);
    const scans = await eraseUntilGone(userId, enter);
    const { runId, startTime } = workflowInfo();
    await activities.recordAccountDeleted({ ...ref, runId, scans, at: startTime.toISOString() });
    await activities.deleteUserDocument(ref);
  } catch (failure) {
    await CancellationScope.nonCancellable(() =>
      activities.reportDeletion({ ...ref, state: 'failed', stage }),
    );
    throw failure;
  }

  await sleep(TOKENS_AND_URLS_HOLD_MS);
  if (await activities.signInExists(ref)) return;
  await eraseUntilGone(userId, async () => undefined);
  await activities.deleteUserDocument(ref);
}

async function stopScans(userId: string): Promise<void> {
  const until = Date.now() + SCANS_MAY_TAKE_MS;
  while ((await activities.stopScans({ userId, force: Date.now() >= until })) > 0) await sleep(LOOK_EVERY);
}

/** Deletes everything but users/{uid} until a count finds nothing. Resolves with the number of scans that were deleted. */
async function eraseUntilGone(
  userId: string,
  enter: (stage: DeletionStage) => Promise<void>,
): Promise<number> {
  const ref = { userId };
  let scans = 0;
  for (let round = 1; ; round += 1) {
    await enter('photos');
    await activities.deleteUserFiles(ref);
    await enter('memories');
    await activities.forgetUser(ref);
    await enter('records');
    scans += (await activities.deleteUserScans(ref)).scans;
    await activities.deleteUserRecords(ref);
    await enter('sign_in');
    await activities.deleteSignIn(ref);
    await enter('check');
    const left = Object.entries(await activities.countLeft(ref)).filter(([, count]) => count > 0);
    if (left.length === 0) return scans;
    log.warn('account_not_empty', {
      workflowId: workflowInfo().workflowId,
      round,
      left: Object.fromEntries(left),
    });
    if (round === MOST_ROUNDS) {
      const kinds = left.map(([kind]) => kind).join(', ');
      throw ApplicationFailure.nonRetryable(`Still there after ${round} rounds: ${kinds}`, 'InternalError');
    }
    await sleep(BETWEEN_ROUNDS);
  }
}
