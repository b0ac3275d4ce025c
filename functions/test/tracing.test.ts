/** What the functions add to a trace, and what stays of it on the document. */

import { SCAN_CONSENT } from '@reddyfit/shared/users';
import { paths } from '@reddyfit/shared/paths';
import { TRACEPARENT_PATTERN } from '@reddyfit/shared/traces';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OtlpReceiver, startOtlpReceiver } from '../../test/otlp-receiver.ts';
import { spansOfScan } from '../../test/spans.ts';
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
  expect(spans.map(({ name }) => name)).toEqual(['onScanCreated']);
  expect(spans[0]!.raw).not.toContain(ids.uid);
});
