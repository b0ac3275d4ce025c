import { Timestamp } from 'firebase-admin/firestore';
import { expect, it } from 'vitest';
import { FACT_FIELDS, factsOf } from './scan-facts.ts';

const at = (seconds: number) => Timestamp.fromMillis(1_700_000_000_000 + seconds * 1000);

it('reads times, attempts and tokens of a scan', () => {
  const facts = factsOf('scan', {
    status: 'completed',
    createdAt: at(0),
    completedAt: at(210),
    workflow: { runId: 'run' },
    simulated: true,
    rev: 8,
    steps: { estimation: { state: 'completed', attempt: 2, startedAt: at(1), completedAt: at(121) } },
    results: {
      qualityCheck: { refusedCall: { model: 'r', inputTokens: 7, outputTokens: 2, latencyMs: 3, asks: 2 } },
      estimation: { modelCall: { model: 'm', inputTokens: 10, outputTokens: 5 } },
    },
  });
  expect(facts).toEqual({
    scanId: 'scan',
    status: 'completed',
    createdAt: 1_700_000_000_000,
    durationMs: 210_000,
    runId: 'run',
    simulated: true,
    writes: 8,
    steps: {
      estimation: { state: 'completed', attempt: 2, startedAt: 1_700_000_001_000, durationMs: 120_000 },
    },
    calls: [
      { step: 'qualityCheck', model: 'r', inputTokens: 7, outputTokens: 2, ms: 3, asks: 2, refused: true },
      { step: 'estimation', model: 'm', inputTokens: 10, outputTokens: 5 },
    ],
  });
});

it('reads a scan that has just been submitted', () => {
  expect(factsOf('scan', { status: 'submitted', createdAt: at(0) })).toMatchObject({
    simulated: false,
    writes: 0,
    calls: [],
  });
});

it('asks the database for nothing of the user or the body', () => {
  const allowed =
    /^(status|createdAt|completedAt|workflow\.runId|simulated|build|rev|error\.code|steps\.\w+\.(state|attempt|startedAt|completedAt)|results\.\w+\.(modelCall|refusedCall))$/;
  expect(FACT_FIELDS.filter((field) => !allowed.test(field))).toEqual([]);
});
