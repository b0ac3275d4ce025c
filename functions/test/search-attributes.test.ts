/**
 * Tests the search attributes by which operators find scans in Temporal, and that a namespace without them costs no
 * user a scan.
 */

import { randomUUID } from 'node:crypto';
import { SEARCH_ATTRIBUTES } from '@reddyfit/shared/temporal/search-attributes';
import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { temporalSettings } from '@reddyfit/shared/temporal/settings';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { type CallableStage, callableStage } from './callable-stage.ts';

let stage: CallableStage;
let connection: Connection;
beforeAll(async () => {
  stage = await callableStage('demo-findable');
  connection = await Connection.connect({ address: inject('temporal') });
});
afterAll(async () => {
  await connection.close();
  await stage.close();
});

it('a scan is found by the version that began it, and shows what it is and when it was asked for', async () => {
  const ids = await stage.submittedScan();
  await stage.deliver(ids.scanId);
  const client = new Client({ connection });
  const query = `AppVersion = "${manifest.version}" AND ScanOutcome = "running" AND Simulated = false AND WorkflowId = "daily-scan-${ids.scanId}"`;
  const found = await vi.waitFor(async () => {
    for await (const run of client.workflow.list({ query })) return run;
    throw new Error('not listed yet');
  }, 20_000);
  expect(found.typedSearchAttributes.get(SEARCH_ATTRIBUTES.appVersion)).toBe(manifest.version);
  expect(found.memo).toEqual({ scanId: ids.scanId, requestedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
});

it('a namespace that does not know the attributes starts scans all the same, and the operator is told once', async () => {
  const namespace = `bare-${randomUUID().slice(0, 8)}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  // An instance logs the missing attributes only once; the reset makes a new instance.
  vi.resetModules();
  const { temporalClient } = await import('../src/platform/temporal-client.ts');
  const { startOnce } = await import('../src/platform/start-once.ts');
  const { logs } = await import('../src/platform/logs.ts');
  const told = vi.spyOn(logs, 'searchAttributesMissing').mockReturnValue();
  const settings = { TEMPORAL_ADDRESS: inject('temporal'), TEMPORAL_NAMESPACE: namespace };
  const temporal = temporalClient(temporalSettings.parse(settings), payloadEncryption.parse(settings));
  const start = (workflowId: string) =>
    startOnce(temporal, {
      type: 'dailyScanWorkflow',
      workflowId,
      taskQueue: 'q',
      input: {},
      again: 'never',
      searchAttributes: [{ key: SEARCH_ATTRIBUTES.appVersion, value: '1' }],
    });
  try {
    // A new namespace becomes known to all of Temporal only after a while.
    await vi.waitFor(() => start('first'), { timeout: 40_000, interval: 500 });
    await start('second');
    await start('second');
    const client = new Client({ connection, namespace });
    for (const workflowId of ['first', 'second'])
      expect((await client.workflow.getHandle(workflowId).describe()).status.name).toBe('RUNNING');
    expect(told).toHaveBeenCalledTimes(1);
  } finally {
    await temporal.close();
    vi.restoreAllMocks();
  }
});
