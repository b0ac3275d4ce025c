/** Tests which spans the functions add to a trace, and which trace context stays on the document. */

import { defaultBucket, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { paths } from '@reddyfit/shared/names/paths';
import { TRACEPARENT_PATTERN } from '@reddyfit/shared/temporal/traces';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { type OtlpReceiver, startOtlpReceiver } from '../../test/otlp-receiver.ts';
import { spansOfScan } from '../../test/spans.ts';
import { apiStage } from './api-stage.ts';
import { type CallableStage, callableStage } from './callable-stage.ts';

let collector: OtlpReceiver;
let stage: CallableStage;
beforeAll(async () => {
  collector = await startOtlpReceiver();
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = collector.url;
  stage = await callableStage('demo-traced');
});
afterAll(async () => {
  await stage.close();
  collector.close();
});

const traceparentOf = async (scanId: string): Promise<string> =>
  (await stage.db.doc(paths.scan(scanId)).get()).get('traceparent') as string;

it('the spans of a trigger are sent before it returns, and its trace stays on the document', async () => {
  const ids = await stage.submittedScan();
  await stage.deliver(ids.scanId);
  const spans = await spansOfScan(collector.url, ids.scanId);
  expect(spans.map(({ name }) => name).toSorted()).toEqual([
    'StartWorkflow:dailyScanWorkflow',
    'onScanCreated',
    'send scan-events',
  ]);
  const traceparent = await traceparentOf(ids.scanId);
  expect(traceparent).toMatch(TRACEPARENT_PATTERN);
  expect(spans.every(({ traceId }) => traceparent.includes(traceId))).toBe(true);
});

it('a scan that is begun again goes on in the trace of the first time', async () => {
  const ids = await stage.submittedScan();
  await stage.deliver(ids.scanId);
  const traceparent = await traceparentOf(ids.scanId);
  await stage.deliver(ids.scanId);
  expect(await traceparentOf(ids.scanId)).toBe(traceparent);
  const starts = (await spansOfScan(collector.url, ids.scanId)).filter(({ name }) =>
    name.startsWith('StartWorkflow'),
  );
  expect(starts).toHaveLength(2);
  expect(starts.every(({ traceId }) => traceparent.includes(traceId))).toBe(true);
});

it('a scan that brings a trace continues it; what is no trace is not taken for one', async () => {
  const traceparent = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`;
  const traced = await stage.submittedScan({ traceparent });
  await stage.deliver(traced.scanId);
  expect(await traceparentOf(traced.scanId)).toBe(traceparent);
  const [start] = (await spansOfScan(collector.url, traced.scanId)).filter(({ name }) =>
    name.startsWith('Start'),
  );
  expect(start).toMatchObject({ traceId: 'c'.repeat(32), parentSpanId: 'd'.repeat(16) });

  const forged = await stage.submittedScan({ traceparent: 'Canary Quetzal' });
  await stage.deliver(forged.scanId);
  expect(await traceparentOf(forged.scanId)).toMatch(TRACEPARENT_PATTERN);
});

it('a scan that is refused leaves a span that says so in no words of its user', async () => {
  const ids = await stage.submittedScan();
  await stage.db.doc(paths.consent(ids.uid, SCAN_CONSENT)).delete();
  await stage.deliver(ids.scanId);
  const spans = await spansOfScan(collector.url, ids.scanId);
  expect(spans.map(({ name }) => name).toSorted()).toEqual([
    'StartWorkflow:announceScanWorkflow',
    'onScanCreated',
  ]);
  for (const { raw } of spans) expect(raw).not.toContain(ids.uid);
});

it('a scan over HTTP begins its trace with the request, or with whoever made it', async () => {
  const api = await apiStage('demo-traced');
  onTestFinished(() => api.close());
  const { uid, scanId } = await stage.person();
  const bucket = defaultBucket('demo-traced');
  const body = { scanId, angleUrls: photoUrlsOf(bucket, uid, scanId), weightLb: 181.4 };
  const answer = await api.send('/api/scan/trigger-workflow', {
    method: 'POST',
    token: await api.tokenOf(uid),
    headers: { 'content-type': 'application/json', traceparent: `00-${'e'.repeat(32)}-${'f'.repeat(16)}-01` },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(202);
  // The answer does not wait until the span is sent.
  const span = await vi.waitFor(async () => {
    const [first] = await spansOfScan(collector.url, scanId);
    expect(first).toMatchObject({ name: 'api', traceId: 'e'.repeat(32), parentSpanId: 'f'.repeat(16) });
    return first!;
  }, 10_000);
  expect(await traceparentOf(scanId)).toBe(`00-${'e'.repeat(32)}-${span.spanId}-01`);
  await stage.deliver(scanId);
  const spans = await spansOfScan(collector.url, scanId);
  expect(spans.find(({ name }) => name === 'StartWorkflow:dailyScanWorkflow')?.traceId).toBe('e'.repeat(32));
});
