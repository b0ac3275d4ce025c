/** The seed's workflow on Temporal's development server. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAILY_SCAN_WORKFLOW, DEFAULT_TASK_QUEUE, dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { TEMPORAL_TUNING } from '../../local/stack/parts/temporal.ts';
import { freePort, loopback } from '../../local/stack/ports.ts';
import { untilReady } from '../../local/stack/ready.ts';
import { repositoryRoot } from '../../repository.ts';
import type { Contender, Ground, Setting } from './contender.ts';
import { startWorkerFile } from './processes.ts';

const WORKER = 'bench/seed-workflow/worker.ts';

/** Scans under the seed's own settings have a queue of their own, whose worker may wait for minutes beside the others. */
const QUEUES: Record<Setting, string> = {
  tuned: DEFAULT_TASK_QUEUE,
  defaults: `${DEFAULT_TASK_QUEUE}-defaults`,
};

export async function startSeedWorkflow(ground: Ground): Promise<Contender> {
  const { tree, data, temporal } = ground;
  const address = loopback(await freePort());
  const server = await tree.run({
    name: 'temporal',
    command: temporal,
    args: [
      'server',
      'start-dev',
      '--headless',
      '--ip=127.0.0.1',
      `--port=${address.split(':')[1]}`,
      `--db-filename=${join(data, 'temporal.sqlite')}`,
      '--log-level=error',
      // As Postgres and Restate do by default, it waits for the disk at each commit.
      ...TEMPORAL_TUNING.filter((option) => !option.includes('synchronous')),
      '--sqlite-pragma=synchronous=2',
    ],
  });
  let connection: Connection | undefined;
  const answers = async () => {
    connection = await Connection.connect({ address }).catch(() => undefined);
    return connection !== undefined;
  };
  await untilReady(server, answers, tree.signal);
  const client = new Client({ connection: connection! });

  const bundle = join(data, 'seed-workflow.js');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(repositoryRoot, 'bench/seed-workflow/workflow.ts'),
    logger: new DefaultLogger('ERROR'),
  });
  writeFileSync(bundle, code);

  return {
    name: 'seed workflow on Temporal',
    settings: { tuned: 'heartbeat 5 s, sticky queue 1 s', defaults: 'start-to-close 5 min, no heartbeat' },
    takesMinutes: true,
    files: ['workflow', 'activities', 'worker'].map((file) => `bench/seed-workflow/${file}.ts`),
    server,
    startWorker: (setting) =>
      startWorkerFile(ground, `worker-temporal-${setting}`, WORKER, {
        TEMPORAL_ADDRESS: address,
        TASK_QUEUE: QUEUES[setting],
        WORKFLOW_BUNDLE: bundle,
        STICKY: setting === 'tuned' ? '1s' : '10s',
      }),
    async start(scanId, setting) {
      await client.workflow.start(DAILY_SCAN_WORKFLOW, {
        workflowId: dailyScanWorkflowId(scanId),
        taskQueue: QUEUES[setting],
        args: [scanId, setting === 'tuned'],
      });
    },
    close: async () => connection!.close(),
  };
}
