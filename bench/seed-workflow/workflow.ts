/** The seed's workflow as its text has it: seven activities, one after another. */

import { proxyActivities } from '@temporalio/workflow';
import type * as activities from './activities.ts';

const SEEDS_POLICY = {
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 3 },
} as const;

const plain = proxyActivities<typeof activities>(SEEDS_POLICY);
const beating = proxyActivities<typeof activities>({ ...SEEDS_POLICY, heartbeatTimeout: '5s' });

/** `heartbeat` is what the seed lacks: with it the server misses a dead worker within five seconds. */
export async function dailyScanWorkflow(scanId: string, heartbeat: boolean): Promise<void> {
  const { qualityCheck, estimation, delta, insights, nutrition, workout, hydration } = heartbeat
    ? beating
    : plain;
  await qualityCheck(scanId);
  await estimation(scanId);
  await delta(scanId);
  await insights(scanId);
  await nutrition(scanId);
  await workout(scanId);
  await hydration(scanId);
}
