/** Deletes an account: deletes everything of the user, checks that it is gone, and deletes users/{uid} last. */

import type { DeletionStage } from '@reddyfit/shared/account/users';
import { ID_TOKEN_LIFETIME_MS, UPLOAD_URL_LIFETIME_MS } from '@reddyfit/shared/scan/uploads';
import type { UserInput } from '@reddyfit/shared/temporal/workflows';
import { ApplicationFailure, CancellationScope, log, sleep, workflowInfo } from '@temporalio/workflow';
import * as activities from './activity-proxies.ts';

/** How long running scans may take to end after they are asked to cancel (ms). Scans that still run then are terminated. */
const SCANS_MAY_TAKE_MS = 10 * 60_000;
const LOOK_EVERY = '5s';

/** How many rounds of deletion there are at most. A phone that is still signed in may write while data is deleted. */
const MOST_ROUNDS = 5;
const BETWEEN_ROUNDS = '5s';

/**
 * How long the user's client may still write after the sign-in is deleted (ms): an ID token holds for an hour, an
 * upload URL that was requested in the token's last minute for another quarter of an hour, and five minutes are added
 * for clocks that differ.
 */
const TOKENS_AND_URLS_HOLD_MS = ID_TOKEN_LIFETIME_MS + UPLOAD_URL_LIFETIME_MS + 5 * 60_000;

/**
 * Deletes the account in an order that makes the deletion final. The caller that started this workflow has already
 * marked users/{uid}, so that no new scan is admitted. First the running scans end, so that nothing writes any more.
 * Then everything is deleted, the sign-in last, and counted. `deletion` of users/{uid} tells the stage.
 *
 * The audit chains of the scans are deleted too, because they name the user. A record under a digest of the user id
 * keeps that the account was deleted. When the tokens that a phone may still hold have expired, and the upload URLs
 * that were requested with them, the workflow deletes what was written with them, unless someone has signed up under
 * the same id since.
 *
 * Fails only when data keeps coming back. Then `deletion.state` is `failed`, and the user or an operator may ask again.
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

/**
 * Deletes everything except users/{uid}, in rounds, until a count finds nothing. Resolves with the number of scans that
 * were deleted.
 */
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
