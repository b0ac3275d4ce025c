/** A tracer, and the spans of it that leave the process. */

import { SpanStatusCode } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { guardedSpans } from './guarded-spans.ts';

function tracing() {
  const exporter = new InMemorySpanExporter();
  const processor = guardedSpans(new SimpleSpanProcessor(exporter));
  const provider = new BasicTracerProvider({ spanProcessors: [processor] });
  return { tracer: provider.getTracer('test'), spans: () => exporter.getFinishedSpans() };
}

it('an error is named and not quoted', () => {
  const { tracer, spans } = tracing();
  const span = tracer.startSpan('RunActivity:estimation');
  span.recordException(new TypeError('weight 187.3 of Canary Quetzal'));
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'weight 187.3 of Canary Quetzal' });
  span.end();
  expect(spans()).toMatchObject([
    {
      name: 'RunActivity:estimation',
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'TypeError' },
      events: [],
    },
  ]);
  expect(spans()[0]!.status).not.toHaveProperty('message');
});

it('of a workflow only its ids stay, and the scan is named', () => {
  const { tracer, spans } = tracing();
  const info = {
    workflowId: 'daily-scan-abc',
    runId: 'r',
    taskQueue: 'q',
    memo: { a: 'Canary Quetzal' } as never,
  };
  tracer.startSpan('RunWorkflow:dailyScanWorkflow', { attributes: info }).end();
  expect(spans()[0]!.attributes).toEqual({
    'temporal.workflow.id': 'daily-scan-abc',
    'temporal.run.id': 'r',
    'reddyfit.scan.id': 'abc',
  });
});

it('a workflow whose id names a user is not named', () => {
  const { tracer, spans } = tracing();
  const attributes = { temporalWorkflowId: 'delete-account-user-1', run_id: 'r', temporalActivityId: '7' };
  tracer.startSpan('RunActivity:deleteRecords', { attributes }).end();
  expect(JSON.stringify(spans()[0]!.attributes)).not.toContain('user-1');
});

it.each([
  ['daily-scan-abc', 'abc'],
  ['webhook-we_abcdefghij0123456789-abc-def:scan.step.completed:delta', 'abc-def'],
])('whatever runs in an activity of %s names the scan', async (workflowId, scanId) => {
  const { tracer, spans } = tracing();
  await new MockActivityEnvironment({ workflowExecution: { workflowId, runId: 'r' } }).run(async () =>
    tracer.startSpan('send fcm').end(),
  );
  expect(spans()[0]!.attributes).toEqual({ 'reddyfit.scan.id': scanId });
});
