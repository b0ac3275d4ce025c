/** Temporal's development server with its Web UI, tuned for one machine. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { searchAttributeOptions } from '@reddyfit/shared/temporal/search-attributes';
import { loopback } from '../ports.ts';
import { answersOk, untilReady } from '../ready.ts';
import type { Starting } from '../starting.ts';

export const TEMPORAL_NAMESPACE = 'default';

/** The options with which every local development server starts. */
export const TEMPORAL_TUNING = [
  // WAL: about three times the workflows a second. SQLite never waits for the disk (0 is OFF): what a killed server wrote is with
  // the kernel and survives it, and no start reads the database of an earlier one. Where the disk was slow to sync, the server
  // failed every request for half a minute.
  '--sqlite-pragma=journal_mode=WAL',
  '--sqlite-pragma=synchronous=0',
  // By default a shard's queue is read 20 times a second, which adds 40 ms to every workflow task.
  '--dynamic-config-value=history.transferProcessorMaxPollRPS=2000',
  '--dynamic-config-value=history.timerProcessorMaxPollRPS=2000',
  // Without this option the fairness keys of scans are ignored. It also turns on the matcher that knows priorities.
  '--dynamic-config-value=matching.enableFairness=true',
  // Fairness holds only within one partition of a queue, and one machine has no use for several partitions.
  '--dynamic-config-value=matching.numTaskqueueReadPartitions=1',
  '--dynamic-config-value=matching.numTaskqueueWritePartitions=1',
  ...searchAttributeOptions().map((option) => `--search-attribute=${option}`),
];

/**
 * Starts the server and resolves when its namespace answers. Its database is new at every start, because the documents
 * are new, too: a workflow of an earlier run would write to scans that are gone.
 */
export async function startTemporal({ dir, ports, servers, run, signal }: Starting): Promise<void> {
  const database = join(dir, 'temporal.sqlite');
  for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
  const child = await run({
    name: 'temporal',
    command: servers.temporal,
    args: [
      'server',
      'start-dev',
      '--ip=127.0.0.1',
      `--port=${ports.temporal}`,
      `--ui-port=${ports.temporalUi}`,
      `--db-filename=${database}`,
      `--ui-codec-endpoint=http://${loopback(ports.codecServer)}`,
      '--log-level=warn',
      ...TEMPORAL_TUNING,
    ],
  });
  // The Web UI passes the request on to the server, so its answer shows that the server answers, too.
  const namespace = `http://${loopback(ports.temporalUi)}/api/v1/namespaces/${TEMPORAL_NAMESPACE}`;
  await untilReady(child, () => answersOk(namespace), signal);
}
