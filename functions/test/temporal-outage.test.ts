import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { freePort, type RunningServer, startTemporal } from '../../test/servers.ts';
import { type ScanStage, scanStage, workflowsAt } from './scan-fixture.ts';
import { type Deliver, loadTrigger } from './trigger.ts';

let deliver: Deliver;
let stage: ScanStage;
let port: number;
let server: RunningServer | undefined;
let close: () => Promise<void>;

beforeAll(async () => {
  port = await freePort();
  const loaded = await loadTrigger('demo-outage', {
    firestore: inject('firestore'),
    temporal: `127.0.0.1:${port}`,
  });
  deliver = loaded.deliver;
  stage = scanStage(loaded.db, loaded.bucket);
  close = async () => {
    loaded.cleanup();
    await loaded.db.terminate();
  };
});

afterAll(async () => {
  await close();
  await server?.stop();
});

it('a scan admitted while Temporal is down waits queued, and a redelivery starts it at no further cost', async () => {
  const ids = await stage.person();
  await stage.submit(ids);

  const before = Date.now();
  await expect(deliver(ids.scanId)).rejects.toThrow('Failed to start Workflow');
  expect(Date.now() - before).toBeLessThan(15_000);
  expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'queued', rev: 1 });
  expect((await stage.credits(ids.uid)).balance).toBe(2);

  server = await startTemporal(port);
  await deliver(ids.scanId, new Date(Date.now() - 7_200_000).toISOString());
  const temporal = await workflowsAt(server.address);
  expect(await temporal.runs(ids.scanId)).toEqual(['RUNNING']);
  expect(await stage.credits(ids.uid)).toEqual({ balance: 2, ledger: [`${ids.scanId}:reserve`] });

  // The same instance goes on after the server was away.
  await temporal.close();
  await server.stop();
  const next = await stage.person();
  await stage.submit(next);
  await expect(deliver(next.scanId)).rejects.toThrow('Failed to start Workflow');
  server = await startTemporal(port);
  await deliver(next.scanId);
  const again = await workflowsAt(server.address);
  expect(await again.runs(next.scanId)).toEqual(['RUNNING']);
  await again.close();
}, 120_000);
