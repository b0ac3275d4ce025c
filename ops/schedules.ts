/** `npm run schedules`: makes the daily schedules, or brings them up to date. Part of a deployment; safe to repeat. */

import { Client } from '@temporalio/client';
import { Command } from 'commander';
import { ensureSchedules } from '../worker/src/operations/daily-schedules.ts';
import { temporalOfEnvironment } from './own-clients.ts';

new Command('npm run schedules')
  .description('Makes the daily schedules, or brings them up to date; again: nothing changes.')
  .addHelpText('after', "\nTemporal is reached by the same TEMPORAL_* variables as the worker's.")
  .parse();

const { connection, namespace, taskQueue } = await temporalOfEnvironment();
try {
  const { schedule } = new Client({ connection, namespace });
  for (const { id, outcome } of await ensureSchedules(schedule, taskQueue)) {
    process.stdout.write(`${id}: ${outcome}\n`);
  }
} finally {
  await connection.close();
}
