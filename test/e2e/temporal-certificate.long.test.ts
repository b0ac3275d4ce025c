/**
 * A worker that connects to Temporal with a client certificate, as in Temporal Cloud, and gets another certificate while a
 * scan runs.
 */

import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { repositoryRoot } from '../../repository.ts';
import { type Certificate, certificates } from '../certificates.ts';
import { startTemporalGate } from '../temporal-gate.ts';
import { startOwnWorker } from './own-worker.ts';
import { submitTo } from './own-queue.ts';
import { it } from './world.ts';

/** How long the model delays the scan (s): longer than a worker takes to notice new files. */
const MIDDLE_SECONDS = 25;

it('a scan goes on while the certificate of its worker is replaced, and the old one refused', async ({
  world,
}) => {
  const { stack } = world.servers;
  const made = certificates();
  const folder = mkdtempSync(join(tmpdir(), 'reddyfit-mounted-'));
  const [ours, older, newer] = (await Promise.all(
    ['ours', 'older', 'newer'].map((name) => made.authority(name)),
  )) as [Certificate, Certificate, Certificate];
  const gate = await startTemporalGate(stack.temporal, await made.server(ours), {
    clientAuthorities: [older.certificate, newer.certificate],
  });
  const mount = ({ certificate, key }: Certificate) => {
    copyFileSync(certificate, join(folder, 'tls.crt'));
    copyFileSync(key, join(folder, 'tls.key'));
  };
  const program = (proof: Record<string, string>) => ({
    command: process.execPath,
    args: [join(repositoryRoot, 'worker/src/main.ts')],
    cwd: repositoryRoot,
    env: { TEMPORAL_ADDRESS: gate.address, TEMPORAL_SERVER_CA_PATH: ours.certificate, ...proof },
  });
  const taskQueue = `certificate-${randomUUID()}`;
  try {
    await expect(startOwnWorker(stack, taskQueue, 'worker-unknown', program({}))).rejects.toThrow(
      'exited with code 1',
    );

    const user = await world.newUser();
    await user.model.fault({
      step: 'estimation',
      kind: 'rate_limit',
      times: 1,
      retryAfterSeconds: MIDDLE_SECONDS,
    });
    const { scanId, seen } = await submitTo(taskQueue, world, user);
    mount(await made.client(older));
    const worker = await startOwnWorker(
      stack,
      taskQueue,
      'worker-with-certificate',
      program({
        TEMPORAL_CLIENT_CERT_PATH: join(folder, 'tls.crt'),
        TEMPORAL_CLIENT_KEY_PATH: join(folder, 'tls.key'),
      }),
    );
    try {
      await seen.until((scan) => scan.steps?.estimation.state === 'retrying');
      mount(await made.client(newer));
      await vi.waitFor(
        () => expect(readFileSync(worker.log, 'utf8')).toContain('temporal_connection_replaced'),
        30_000,
      );
      gate.admit({ clientAuthorities: [newer.certificate] });
      const scan = await seen.ended;
      expect(scan.status).toBe('completed');
      expect(scan.steps?.estimation).toMatchObject({ state: 'completed', attempt: 2 });
      await world.expectInvariants(scanId);
    } finally {
      await worker.stop(10_000);
    }
  } finally {
    await gate.stop();
    made.remove();
    rmSync(folder, { recursive: true });
  }
}, 300_000);
