/** `npm run schedules`: creates the daily schedules, or updates them. Part of a deployment. A repeat changes nothing. */

import { Client } from '@temporalio/client';
import { ensureSchedules } from '../worker/src/operations/daily-schedules.ts';
import { temporalOfEnvironment } from './own-clients.ts';
import { answerHelp } from './usage.ts';

answerHelp(`npm run schedules

  Makes the daily schedules, or brings them up to date; again: nothing changes.
  Temporal is reached by the same TEMPORAL_* variables as the worker's.`);

const { connection, namespace, taskQueue } = await temporalOfEnvironment();
try {
  const { schedule } = new Client({ connection, namespace });
  for (const { id, outcome } of await ensureSchedules(schedule, taskQueue)) {
    process.stdout.write(`${id}: ${outcome}\n`);
  }
} finally {
  await connection.close();
}
