/** Creates the daily schedules as a deployment does. */

import { DEFAULT_TASK_QUEUE } from '@reddyfit/shared/names/ids';
import { Client, Connection } from '@temporalio/client';
import { ensureSchedules } from '../../../worker/src/operations/daily-schedules.ts';
import { loopback } from '../ports.ts';
import type { Starting } from '../starting.ts';
import { TEMPORAL_NAMESPACE } from './temporal.ts';

/** Creates the schedules and resolves when they exist. */
export async function makeSchedules({ ports }: Starting): Promise<void> {
  const connection = await Connection.connect({ address: loopback(ports.temporal) });
  try {
    const { schedule } = new Client({ connection, namespace: TEMPORAL_NAMESPACE });
    await ensureSchedules(schedule, DEFAULT_TASK_QUEUE);
  } finally {
    await connection.close();
  }
}
