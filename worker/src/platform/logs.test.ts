/** Tests the worker's log lines: they have Cloud Logging's fields and leave out what must not be logged. */

import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { log, sdkLog, traceLogsTo } from './logs.ts';

let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation(
    (text) => lines.push(JSON.parse(String(text)) as Record<string, unknown>) > 0,
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  context.disable();
});

it('a line has severity, message and time, and its fields beside them', () => {
  log('WARNING', 'push_refused', { scanId: 's', devices: 2 });
  expect(lines).toEqual([
    {
      severity: 'WARNING',
      message: 'push_refused',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      scanId: 's',
      devices: 2,
    },
  ]);
});

it('a line of an activity names the scan that it works on', async () => {
  const workflowExecution = { workflowId: 'daily-scan-abc', runId: 'r' };
  await new MockActivityEnvironment({ workflowExecution }).run(async () => log('INFO', 'here'));
  expect(lines).toMatchObject([{ message: 'here', scanId: 'abc' }]);
});

it('a line within a span names its trace', () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  traceLogsTo('demo');
  const span = trace.wrapSpanContext({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 });
  context.with(trace.setSpan(context.active(), span), () => log('INFO', 'here'));
  log('INFO', 'outside');
  expect(lines[0]).toMatchObject({
    'logging.googleapis.com/trace': `projects/demo/traces/${'a'.repeat(32)}`,
    'logging.googleapis.com/spanId': 'b'.repeat(16),
  });
  expect(lines[1]).not.toHaveProperty('logging.googleapis.com/trace');
});

it('what should not be said is not, by whomever', () => {
  log('ERROR', 'here', { weightLb: 187.3, cause: 'Value "Canary Quetzal" is no name', code: 'invalid' });
  sdkLog('WARN', 'Activity failed', {
    activityType: 'estimation',
    input: { weightLb: 187.3 },
    error: Object.assign(new Error('weight 187.3 of Canary Quetzal'), { type: 'InternalError' }),
  });
  expect(JSON.stringify(lines)).not.toMatch(/187\.3|Quetzal/);
  expect(lines[0]).toMatchObject({ code: 'invalid', cause: '[redacted]' });
  expect(lines[1]).toMatchObject({ severity: 'WARNING', activityType: 'estimation', error: 'InternalError' });
});
