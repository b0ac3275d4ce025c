/** A worker that ends before it polls all its queues. */

import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, vi } from 'vitest';
import { WORKFLOW_BUNDLE } from '../../local/stack/builds.ts';
import { spawnOwnWorker } from './own-worker.ts';
import { it } from './world.ts';

it('a worker that is told to end as soon as it polls for scans ends as any other', async ({ world }) => {
  const { child } = await spawnOwnWorker(world.servers.stack, `ending-${randomUUID()}`, 'worker-ending');
  try {
    const said = () => readFileSync(child.log, 'utf8');
    await vi.waitFor(() => expect(said()).toContain('worker_started'), { timeout: 60_000, interval: 5 });
    process.kill(child.pid, 'SIGTERM');
    expect(await child.ended).toBe('exited with code 0');
    expect(said()).toContain('worker_stopped');
  } finally {
    await child.stop(0);
  }
});

it('a worker that cannot serve the queue of webhooks says so, and ends as one that is told to', async ({
  world,
}) => {
  const { stack } = world.servers;
  // The workflows can be read once, by the worker of scans, and not by the two that come after it.
  const once = join(mkdtempSync(join(tmpdir(), 'reddyfit-once-')), 'workflows.js');
  execFileSync('mkfifo', [once]);
  const { child } = await spawnOwnWorker(stack, `half-${randomUUID()}`, 'worker-half', {
    env: { WORKFLOW_BUNDLE_PATH: once },
  });
  try {
    const pipe = await open(once, 'w');
    await pipe.writeFile(await readFile(WORKFLOW_BUNDLE));
    rmSync(dirname(once), { recursive: true });
    await pipe.close();
    expect(await child.ended).toBe('exited with code 1');
    const messages = readFileSync(child.log, 'utf8').match(/(?<="message":")worker_\w+/g);
    expect(messages).toEqual(['worker_started', 'worker_failed', 'worker_failed', 'worker_stopped']);
  } finally {
    await child.stop(0);
  }
});
