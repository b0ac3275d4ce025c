/** Tests that each thing is counted once, by its real outcome. */

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import type { Scan } from '@reddyfit/shared/scan/document';
import type { TerminalStatus } from '@reddyfit/shared/scan/statuses';
import { ActivityCancellationDetails } from '@temporalio/common';
import { CancelledFailure } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { webhookHttp } from '../../webhooks/webhook-http.ts';
import { stepActivityInterceptors } from '../../scan/step-activity.ts';
import type { Model, ModelQuestion } from '../../model/model.ts';
import type { ScanUpdate } from '../../scan/scan-store.ts';
import type { WebhookAnswer } from '@reddyfit/shared/webhooks/deliveries';
import { measuredActivities } from './measured-activities.ts';
import { scanWritten } from './measured-scans.ts';
import { observedWebhooks } from '../../webhooks/observed-webhooks.ts';
import type { Measure } from './meters.ts';
import { observedModel } from '../../model/observed-model.ts';

/** A `measure` that keeps what was measured. */
function measurements() {
  const all: { name: string; value: number; labels: Record<string, string | undefined> }[] = [];
  const measure: Measure = (name, value, labels) =>
    void all.push({ name, value, labels: labels as Record<string, string> });
  return { measure, of: (name: string) => all.filter((one) => one.name === name) };
}

describe('an activity', () => {
  const client = {
    connection: { withDeadline: (_: number, call: () => Promise<void>) => call() },
    workflow: { getHandle: () => ({ signal: async () => undefined }) },
  } as unknown as Client;

  async function run(work: () => Promise<unknown>, info: object = {}, details?: ActivityCancellationDetails) {
    const { measure, of } = measurements();
    const environment = new MockActivityEnvironment(
      { activityType: 'insights', workflowExecution: { workflowId: 'w', runId: 'r' }, ...info },
      { interceptors: [measuredActivities(measure), stepActivityInterceptors(() => client)] },
    );
    if (details) environment.cancel('CANCELLED', details);
    await environment.run(work).catch(() => undefined);
    return {
      attempts: of('stepAttempts').map(({ labels }) => labels),
      durations: of('stepDuration'),
      waits: of('queueWait'),
    };
  }
  const fails = (code: 'ModelUnavailableError' | 'InvalidImageError') => async () => {
    throw new ScanPipelineError(code);
  };
  const calledOff = async () => {
    throw new CancelledFailure('canceled');
  };

  it('that is a step is counted with its time', async () => {
    const { attempts, durations } = await run(async () => 'done');
    expect(attempts).toEqual([{ step: 'insights', outcome: 'completed' }]);
    expect(durations).toHaveLength(1);
    expect(durations[0]!.value).toBeLessThan(20);
  });

  it.each([
    ['retried', fails('ModelUnavailableError'), { attempt: 1 }],
    ['failed', fails('ModelUnavailableError'), { attempt: 3 }],
    ['failed', fails('InvalidImageError'), { attempt: 1 }],
  ] as const)('that fails was %s', async (outcome, work, info) => {
    expect((await run(work, info)).attempts).toEqual([{ step: 'insights', outcome }]);
  });

  it.each([
    ['canceled', { cancelRequested: true }],
    ['retried', { timedOut: true }],
    ['retried', { workerShutdown: true }],
  ] as const)('that was cut short was %s', async (outcome, why) => {
    const { attempts } = await run(calledOff, { attempt: 1 }, new ActivityCancellationDetails(why));
    expect(attempts).toEqual([{ step: 'insights', outcome }]);
  });

  it('of any kind tells how long it waited for a worker', async () => {
    const { attempts, waits } = await run(async () => undefined, {
      activityType: 'auditLog',
      taskQueue: 'q',
      currentAttemptScheduledTimestampMs: Date.now() - 3000,
    });
    expect(attempts).toEqual([]);
    expect(waits).toMatchObject([{ labels: { task_queue: 'q' } }]);
    expect(waits[0]!.value).toBeGreaterThanOrEqual(3);
    expect(waits[0]!.value).toBeLessThan(20);
  });
});

describe('a write to a scan', () => {
  const at = (ms: number) => ({ toMillis: () => ms }) as Scan['createdAt'];
  const iso = (ms: number) => new Date(ms).toISOString();
  const update = (status: ScanUpdate['status'], updatedAt: number) =>
    ({ status, updatedAt: iso(updatedAt), completedAt: iso(updatedAt) }) as ScanUpdate;

  it('tells how late it is, and the first how long the scan waited', () => {
    const { measure, of } = measurements();
    scanWritten(measure, () => 9500)(update('processing', 9000), { status: 'queued', createdAt: at(1000) });
    scanWritten(measure, () => 9500)(update('processing', 9400), {
      status: 'processing',
      createdAt: at(1000),
    });
    expect(of('statusWriteLag').map(({ value }) => value)).toEqual([0.5, 0.1]);
    expect(of('startWait').map(({ value }) => value)).toEqual([8]);
    expect(of('scans')).toEqual([]);
  });

  it.each(['completed', 'rejected', 'failed', 'canceled'] satisfies TerminalStatus[])(
    'that ends it as %s counts it, with its time',
    (status) => {
      const { measure, of } = measurements();
      scanWritten(measure, () => 61_500)(update(status, 61_000), {
        status: 'processing',
        createdAt: at(1000),
      });
      expect(of('scans')).toEqual([{ name: 'scans', value: 1, labels: { outcome: status } }]);
      expect(of('scanDuration')).toEqual([{ name: 'scanDuration', value: 60, labels: { outcome: status } }]);
    },
  );
});

describe('a request to a model', () => {
  const names = { provider: 'openai', model: 'gpt-5.1', embeddingModel: 'small' } as const;
  const question: ModelQuestion = { step: 'nutrition', instructions: '', content: [], jsonSchema: {} };
  const labels = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5.1',
    'gen_ai.agent.name': 'nutrition',
  };
  const signal = new AbortController().signal;

  it('is counted with its tokens and what they cost', async () => {
    const answer = {
      text: '{}',
      refusal: null,
      model: 'gpt-5.1-2025-11-13',
      inputTokens: 8000,
      outputTokens: 500,
      latencyMs: 1,
    };
    const { measure, of } = measurements();
    const model = { ask: async () => answer } as Partial<Model> as Model;
    expect(await observedModel(model, names, measure).ask(question, signal)).toBe(answer);
    expect(of('modelDuration')).toMatchObject([{ labels }]);
    expect(of('modelDuration')[0]!.labels).not.toHaveProperty('error.type');
    expect(of('modelTokens').map(({ value, labels: told }) => [told['gen_ai.token.type'], value])).toEqual([
      ['input', 8000],
      ['output', 500],
    ]);
    expect(of('modelCost')).toEqual([
      {
        name: 'modelCost',
        value: expect.closeTo(0.015, 6),
        labels: { agent: 'nutrition', model: 'gpt-5.1' },
      },
    ]);
  });

  it('that fails is counted with the name of its error, and costs nothing', async () => {
    const { measure, of } = measurements();
    const failing = async () => {
      throw new ScanPipelineError('ModelRateLimitedError');
    };
    const model = observedModel({ ask: failing, embed: failing }, names, measure);
    await expect(model.ask(question, signal)).rejects.toThrow(ScanPipelineError);
    await expect(model.embed('text', AbortSignal.abort())).rejects.toThrow(ScanPipelineError);
    expect(
      of('modelDuration').map(({ labels: told }) => [told['gen_ai.agent.name'], told['error.type']]),
    ).toEqual([
      ['nutrition', 'ModelRateLimitedError'],
      ['memory', 'canceled'],
    ]);
    expect([...of('modelTokens'), ...of('modelCost')]).toEqual([]);
  });
});

describe('a request to a webhook endpoint', () => {
  it.each([
    [204, 'delivered'],
    [301, 'refused'],
    [410, 'gone'],
    [503, 'refused'],
    [null, 'unreachable'],
  ] as const)('that was answered with %s was %s', async (status, outcome) => {
    const { measure, of } = measurements();
    const answer: WebhookAnswer = { status, error: status === null ? 'timeout' : null, ms: 1, answer: '' };
    const sender = observedWebhooks({ send: async () => answer }, measure);
    expect(
      await sender.send('https://x.example', { headers: {}, body: '' }, new AbortController().signal),
    ).toBe(answer);
    expect(of('webhookAttempts').map(({ labels }) => labels)).toEqual([{ outcome }]);
  });
});

it('a request to a webhook endpoint within a trace carries it on', async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  let carried: IncomingHttpHeaders = {};
  const server = createServer((request, response) => {
    carried = request.headers;
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    context.disable();
    propagation.disable();
  });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sender = observedWebhooks(webhookHttp({ allowLoopback: true }), measurements().measure);
  const message = { headers: { 'webhook-id': 'event' }, body: '{}' };
  const send = () => sender.send(url, message, new AbortController().signal);

  const traceId = 'a'.repeat(32);
  const span = trace.wrapSpanContext({ traceId, spanId: 'b'.repeat(16), traceFlags: 1 });
  await context.with(trace.setSpan(context.active(), span), send);
  expect(carried).toMatchObject({ 'webhook-id': 'event', traceparent: expect.stringContaining(traceId) });
  await send();
  expect(carried).not.toHaveProperty('traceparent');
});
