/** Tests that the Firestore adapters report each write once, and what the gauges read from Firestore. */

import { randomUUID } from 'node:crypto';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import { paths } from '@reddyfit/shared/names/paths';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore, Timestamp } from 'firebase-admin/firestore';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { firestoreScans } from '../src/store/firestore-scans.ts';
import { firestoreWebhooks } from '../src/webhooks/firestore-webhooks.ts';
import type { DeliveryRecord } from '../src/webhooks/ports.ts';
import type { ScanUpdate } from '../src/scan/scan-store.ts';
import { observeJobs } from '../src/operations/job-gauges.ts';
import { startMeters } from '../src/platform/telemetry/meters.ts';
import { startMetricsServer } from '../src/platform/telemetry/metrics-server.ts';
import { workerResource } from '../src/platform/telemetry/resource.ts';
import { scrape } from '../src/platform/telemetry/scrape.fixture.ts';

let db: Firestore;
beforeAll(() => {
  process.env['FIRESTORE_EMULATOR_HOST'] = inject('firestore');
  const app = initializeApp({ projectId: `demo-measured-${randomUUID().slice(0, 8)}` }, 'measured');
  db = getFirestore(app);
  return async () => {
    await db.terminate();
    await deleteApp(app);
  };
});

it('a write to a scan is told of when it was written, and not when it came again or too late', async () => {
  const scanId = randomUUID();
  const createdAt = Timestamp.fromMillis(1000);
  await db.doc(paths.scan(scanId)).set({ userId: 'u', status: 'queued', rev: 1, createdAt });
  const told: unknown[] = [];
  const scans = firestoreScans(db, ({ status }, before) =>
    told.push([before.status, status, before.createdAt.toMillis()]),
  );
  const update = (rev: number, status: ScanStatus) =>
    ({
      scanId,
      rev,
      status,
      steps: {},
      results: {},
      workflow: { id: `daily-scan-${scanId}`, runId: 'run' },
      updatedAt: new Date().toISOString(),
    }) as unknown as ScanUpdate;
  for (const [rev, status] of [
    [2, 'processing'],
    [2, 'processing'],
    [3, 'completed'],
    [3, 'completed'],
    [4, 'failed'],
  ] as const)
    await scans.apply(update(rev, status));
  await scans.apply({ ...update(2, 'processing'), scanId: randomUUID() });
  expect(told).toEqual([
    ['queued', 'processing', 1000],
    ['processing', 'completed', 1000],
  ]);
});

it('a dead letter is told of once, and again when it was redelivered in vain', async () => {
  let dead = 0;
  const webhooks = firestoreWebhooks(db, () => (dead += 1));
  const record = (state: DeliveryRecord['state']) =>
    webhooks.record({
      endpointId: 'e',
      event: { id: 'event', data: {} } as ScanEvent,
      at: new Date().toISOString(),
      attempt: null,
      state,
      deadReason: null,
      nextAttemptAt: null,
    });
  const counts: number[] = [];
  for (const state of ['pending', 'dead', 'dead', 'pending', 'dead', 'delivered'] as const) {
    await record(state);
    counts.push(dead);
  }
  expect(counts).toEqual([0, 1, 1, 1, 2, 2]);
});

describe('the gauges of the jobs', () => {
  /** Returns a function that reads the gauges' current values; `later` moves the clock (ms). */
  async function observed() {
    let time = 0;
    const meters = await startMeters({ resource: workerResource(undefined) });
    observeJobs(meters, db, () => time);
    const { port, server } = await startMetricsServer('127.0.0.1', 0, meters.prometheus);
    onTestFinished(async () => {
      server.close();
      await meters.close();
    });
    const values = async () => {
      const samples = await scrape(`http://127.0.0.1:${port}/metrics`);
      return Object.fromEntries(
        [...samples].filter(([name]) => /^reddyfit_(job|audit|accounts|archive)_/.test(name)),
      );
    };
    return { values, later: (ms: number) => (time += ms) };
  }

  it('say nothing of a job that has never succeeded, then when it did, looking once a minute', async () => {
    const { values, later } = await observed();
    expect(await values()).toEqual({});
    const at = (seconds: number) => Timestamp.fromMillis(seconds * 1000);
    await db.doc(paths.operation('sweeper')).set({ lastSuccessAt: at(1_800_000_000) });
    await db.doc(paths.operation('audit_verify')).set({ lastSuccessAt: at(1_800_000_100), broken: 2 });
    await db.doc(paths.operation('balance_verify')).set({ accounts: 9, unbalanced: 1 });
    const iso = new Date(1_700_000_000_000).toISOString();
    await db.doc(paths.operation('archive')).set({ lastSuccessAt: at(1_800_000_200), watermark: iso });
    later(59_000);
    expect(await values()).toEqual({});
    later(2000);
    expect(await values()).toEqual({
      'reddyfit_job_last_success_timestamp_seconds{job="sweeper"}': 1_800_000_000,
      'reddyfit_job_last_success_timestamp_seconds{job="audit_verify"}': 1_800_000_100,
      'reddyfit_job_last_success_timestamp_seconds{job="archive"}': 1_800_000_200,
      reddyfit_audit_chains_broken: 2,
      reddyfit_accounts_unbalanced: 1,
      reddyfit_archive_watermark_timestamp_seconds: 1_700_000_000,
    });
  });
});
