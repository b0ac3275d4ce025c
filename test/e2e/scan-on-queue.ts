/** A scan on a task queue of its own, for tests whose workers only they may touch. */

import { DAILY_SCAN_WORKFLOW, dailyScanWorkflowId } from '@reddyfit/shared/ids';
import { photoUrlsOf } from '@reddyfit/shared/photos';
import type { DailyScanInput } from '@reddyfit/shared/workflow';
import type { SubmittedScan, World } from './world.ts';

/** Asks for a scan of a new user; resolves once it is admitted, which takes its workflow, already there, as its own. */
export async function submitOnQueue(world: World, taskQueue: string): Promise<SubmittedScan> {
  const { stack, temporal } = world.servers;
  const user = await world.newUser();
  const { scanId, seen, submit } = await world.prepareScan(user, { weightLb: 150 });
  const input: DailyScanInput = {
    scanId,
    userId: user.uid,
    photoUrls: photoUrlsOf(stack.bucket, user.uid, scanId),
    subject: { sex: 'female', heightCm: 168, ageYears: 36, weightLb: 150 },
    createdAt: new Date().toISOString(),
    rev: 1,
  };
  await temporal.workflow.start(DAILY_SCAN_WORKFLOW, {
    workflowId: dailyScanWorkflowId(scanId),
    taskQueue,
    args: [input],
  });
  await submit();
  await seen.until((scan) => scan.status === 'queued');
  return { scanId, seen };
}
