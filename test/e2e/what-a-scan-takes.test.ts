/**
 * What a clean scan takes of what is paid for: the documents that its worker writes, and Temporal's actions. How often it writes its own
 * document depends on the pace of its steps; `worker/src/scan/scan-writes.test.ts` counts that.
 */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { SCAN_COURSE } from '@reddyfit/shared/temporal/workflows';
import { expect } from 'vitest';
import { countHistory } from '../../ops/report/temporal-actions.ts';
import { repositoryRoot } from '../../repository.ts';
import { submitTo } from './own-queue.ts';
import { startOwnWorker } from './own-worker.ts';
import { it } from './world.ts';

const ARGS = [
  '--import',
  join(import.meta.dirname, 'tell-commits.ts'),
  join(repositoryRoot, 'worker/src/main.ts'),
];

it('eleven documents beside the writes of its own document alone', async ({ world }) => {
  const taskQueue = `counted-${randomUUID()}`;
  const user = await world.newUser();
  const worker = await startOwnWorker(world.servers.stack, taskQueue, 'worker-counted', { args: ARGS });
  try {
    const known = { course: SCAN_COURSE, queuedPublished: true };
    const { scanId, seen } = await submitTo(taskQueue, world, user, known);
    const scan = await seen.ended;
    expect(scan.status).toBe('completed');
    await world.workflowResult(scanId);

    const committed = readFileSync(worker.log, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"committed":'))
      .map((line) => (JSON.parse(line) as { committed: string[] }).committed)
      .map((paths) =>
        paths.map((path) => path.replaceAll(scanId, 'SCAN').replace(user.uid, 'USER').replace(/\d+$/, '#')),
      );
    const alone = committed.filter((paths) => paths.join() === 'scans/SCAN');
    expect(committed.filter((paths) => !alone.includes(paths)).toSorted()).toEqual([
      // The body fat is shown, with what becomes of the credit and what is recorded until then.
      ['scans/SCAN', 'accounts/USER/ledger/SCAN:commit', 'auditLogs/SCAN/entries/#', 'auditLogs/SCAN'],
      // The end, with what later scans are compared with.
      ['scans/SCAN', 'users/USER/summaries/scans', 'auditLogs/SCAN/entries/#', 'auditLogs/SCAN'],
      ['users/USER/memories/SCAN'],
      ['users/USER/pushes/SCAN:completed'],
      // Who is scanned for the first time has no summary yet.
      ['users/USER/summaries/scans'],
    ]);
    // Admission made the first, and these two are not alone.
    expect(alone).toHaveLength(scan.rev! - 3);
  } finally {
    await worker.stop(0);
  }
});

it('an action for each step and each write, for its start and for what it is found by', async ({ world }) => {
  const scanId = await world.completedScan(await world.newUser());
  const { events } = await world.servers.temporal.workflow
    .getHandle(dailyScanWorkflowId(scanId))
    .fetchHistory();
  const { kinds } = countHistory(events!);
  // How many of these there are depends on the pace of its steps, and on what a busy machine makes wait, which signals tell of.
  const varied = ['timer', 'updateFirestore', 'signal'];
  const others = Object.entries(kinds).filter(([kind]) => !varied.includes(kind));
  expect(Object.fromEntries(others)).toEqual({
    start: 1,
    'search attributes': 1,
    // The estimation makes the comparison of the step delta.
    ...Object.fromEntries(STEP_NAMES.filter((name) => name !== 'delta').map((name) => [name, 1])),
  });
});
