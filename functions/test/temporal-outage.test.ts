import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { freePort } from '../../local/stack/ports.ts';
import { type RunningServer, startTemporal } from '../../test/servers.ts';
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
    await loaded.db.terminate();
  };
});

afterAll(async () => {
  await close();
  await server?.stop();
});

it('a scan admitted while Temporal is away waits queued, and a redelivery starts it at no further cost', async () => {
  server = await startTemporal(port);
  const earlier = await stage.person();
  await stage.submit(earlier);
  await deliver(earlier.scanId);
  await server.stop();

  const ids = await stage.person();
  await stage.submit(ids);
  const before = Date.now();
  await expect(deliver(ids.scanId)).rejects.toThrow('Failed to start Workflow');
  expect(Date.now() - before).toBeLessThan(25_000);
  expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'queued', rev: 1 });
  expect((await stage.credits(ids.uid)).balance).toBe(2);

  // The redelivery starts the scan however late it comes, since the credit is reserved.
  server = await startTemporal(port);
  await deliver(ids.scanId, new Date(Date.now() - 7_200_000).toISOString());
  const temporal = await workflowsAt(server.address);
  expect(await temporal.runs(ids.scanId)).toEqual(['RUNNING']);
  await temporal.close();
  expect(await stage.credits(ids.uid)).toEqual({ balance: 2, ledger: [`${ids.scanId}:reserve`] });
  expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'queued', rev: 1 });
}, 120_000);
