/** A worker that is told to end before it has begun to poll all its queues. */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, vi } from 'vitest';
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
