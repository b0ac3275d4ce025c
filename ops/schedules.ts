/** `npm run schedules`: makes the daily schedules, or brings them up to date. Part of a deployment; safe to repeat. */

import { temporalSettings } from '@reddyfit/shared/temporal/settings';
import { Client } from '@temporalio/client';
import { ensureSchedules } from '../worker/src/operations/daily-schedules.ts';
import { connectToTemporal } from '../worker/src/platform/temporal-connection.ts';

const { namespace, taskQueue, ...settings } = temporalSettings.parse(process.env);
const connection = await connectToTemporal({ namespace, taskQueue, ...settings });
try {
  const { schedule } = new Client({ connection, namespace });
  for (const { id, outcome } of await ensureSchedules(schedule, taskQueue)) {
    process.stdout.write(`${id}: ${outcome}\n`);
  }
} finally {
  await connection.close();
}
