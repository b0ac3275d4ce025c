import { modelCostUsd, UNIT_PRICES } from '@reddyfit/shared/scan/prices';
import { expect, it } from 'vitest';
import { costTally } from './cost.ts';
import type { ScanFacts } from '../../functions/src/report/scan-facts.ts';

const completed: ScanFacts = {
  scanId: 'a',
  status: 'completed',
  createdAt: 0,
  durationMs: 200_000,
  runId: 'run',
  simulated: false,
  writes: 8,
  steps: {
    qualityCheck: { state: 'completed', attempt: 1, durationMs: 30_000 },
    estimation: { state: 'completed', attempt: 2, durationMs: 120_000 },
    delta: { state: 'completed', attempt: 1, durationMs: 100 },
  },
  calls: [
    { step: 'qualityCheck', model: 'gpt-5.1', inputTokens: 3000, outputTokens: 100 },
    { step: 'estimation', model: 'gpt-5.1', inputTokens: 5000, outputTokens: 300 },
  ],
};

const costOf = (scans: readonly ScanFacts[], histories = [{ actions: 30, kinds: {}, activities: {} }]) => {
  const tally = costTally();
  for (const scan of scans) tally.add(scan);
  return tally.cost(histories);
};

it('is the mean over the scans that have ended', () => {
  const canceled: ScanFacts = { ...completed, status: 'canceled', steps: {}, calls: [] };
  const cost = costOf([completed, canceled, { ...completed, status: 'processing' }])!;
  expect(cost.scans).toBe(2);
  expect(cost.models).toEqual({
    inputTokens: 4000,
    outputTokens: 200,
    usd: modelCostUsd('gpt-5.1', 8000, 400)! / 2,
  });
});

it("counts Temporal's actions with heartbeats and fairness", () => {
  // A heartbeat every 9 s: 3 in 30 s, 13 in 120 s.
  expect(costOf([completed])!.temporal).toEqual({
    histories: 1,
    historyActions: 30,
    heartbeats: 16,
    actions: 50.6,
    usd: 50.6 * UNIT_PRICES.temporalAction,
  });
});

it("counts Firestore's operations by the scan's course", () => {
  const { reads, writes } = costOf([completed])!.firestore;
  // Client 1 + 8 changes that it listens to, admission 7, steps 1 + 2 × 7 + the history, consent with 3 outcomes, 7 updates,
  // 2 heads of the chain, push 3.
  expect(reads).toBe(1 + 8 + 7 + 15 + 1 + 3 + 7 + 2 + 3);
  // Client 1, admission 6, 7 updates, 2 commits with entries and head, credit 1, summary 1, push 1, memory 1.
  expect(writes).toBe(1 + 6 + 7 + 4 + 1 + 1 + 1 + 1);
});

it('of a scan that was refused is the admission alone', () => {
  const { runId: _, ...refused } = {
    ...completed,
    status: 'failed' as const,
    writes: 1,
    steps: {},
    calls: [],
  };
  const { reads, writes } = costOf([refused])!.firestore;
  expect([reads, writes]).toEqual([1 + 1 + 7, 1 + 6]);
});

it('says of which model it does not know the price', () => {
  const cost = costOf([
    { ...completed, calls: [{ step: 'estimation', model: 'mystery-9', inputTokens: 5, outputTokens: 5 }] },
  ])!;
  expect(cost.byModel).toEqual([
    { model: 'mystery-9', calls: 1, inputTokens: 5, outputTokens: 5, usd: null },
  ]);
  expect(cost.notes).toContain('There is no price for mystery-9.');
});

it('does without Temporal where no history was read, and is nothing where nothing has ended', () => {
  const cost = costOf([completed], [])!;
  expect(cost.temporal).toBeNull();
  expect(cost.usd).toBeCloseTo(cost.models.usd + cost.firestore.usd);
  expect(costOf([{ ...completed, status: 'queued' }])).toBeNull();
});
