/** The totals of an evaluation, question by question. */

import { modelCostUsd } from '@reddyfit/shared/scan/prices';
import type { UnusableReason } from '../../worker/src/model/model.ts';
import type { EvalCase } from './cases.ts';
import { type Asked, QUESTIONS } from './evaluate.ts';

export interface StepSummary {
  readonly question: string;
  readonly cases: number;
  /** How many questions failed for good; `errors` counts them by error code. */
  readonly failed: number;
  readonly errors: Readonly<Record<string, number>>;
  /** Unusable answers by reason: `schema` means that the answer broke the schema or was no JSON. */
  readonly unusable: Readonly<Partial<Record<UnusableReason, number>>>;
  /** How many questions were asked a second time. */
  readonly reasks: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** At list prices; null for a model without one. The cost of questions that failed is unknown and not included. */
  readonly usd: number | null;
  /** Latency of whole questions, second asks included (ms); null where none was answered. */
  readonly latencyMs: { readonly p50: number; readonly max: number } | null;
}

export interface Summary {
  readonly cases: number;
  readonly steps: readonly StepSummary[];
  readonly usd: number | null;
  /** The first look compared with the known body fat: mean error and mean absolute error (percentage points). */
  readonly bodyFat: { readonly cases: number; readonly bias: number; readonly mae: number } | null;
}

export function summaryOf(asked: readonly Asked[], cases: readonly EvalCase[]): Summary {
  const steps = QUESTIONS.map((question) =>
    stepOf(
      question,
      asked.filter((one) => one.question === question),
    ),
  );
  const used = steps.filter((step) => step.cases > 0);
  const known = used.every(({ usd }) => usd !== null);
  const truth = new Map(cases.map((each) => [each.name, each.bodyFatPercent]));
  const errors = asked.flatMap(({ case: name, bodyFatPercent: seen }) => {
    const right = truth.get(name);
    return seen === undefined || right === undefined ? [] : [seen - right];
  });
  return {
    cases: cases.length,
    steps: used,
    usd: known ? sum(used.map(({ usd }) => usd!)) : null,
    bodyFat:
      errors.length === 0
        ? null
        : { cases: errors.length, bias: mean(errors), mae: mean(errors.map((error) => Math.abs(error))) },
  };
}

function stepOf(question: string, asked: readonly Asked[]): StepSummary {
  const calls = asked.flatMap(({ modelCall }) => (modelCall ? [modelCall] : []));
  const costs = calls.map(({ model, inputTokens, outputTokens }) =>
    modelCostUsd(model, inputTokens, outputTokens),
  );
  const latencies = calls.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
  const failures = asked.flatMap(({ error }) => (error ? [error] : []));
  return {
    question,
    cases: asked.length,
    failed: failures.length,
    errors: countsOf(failures),
    unusable: countsOf(asked.flatMap(({ unusable }) => unusable)),
    reasks:
      sum(calls.map(({ asks }) => asks - 1)) +
      asked.filter(({ error, unusable }) => error && unusable.length > 0).length,
    inputTokens: sum(calls.map(({ inputTokens }) => inputTokens)),
    outputTokens: sum(calls.map(({ outputTokens }) => outputTokens)),
    usd: costs.every((cost) => cost !== null) ? sum(costs) : null,
    latencyMs:
      latencies.length === 0
        ? null
        : { p50: latencies[Math.floor((latencies.length - 1) / 2)]!, max: latencies.at(-1)! },
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const mean = (numbers: readonly number[]) => sum(numbers) / numbers.length;

function countsOf<Name extends string>(names: readonly Name[]): Record<Name, number> {
  const groups = Map.groupBy(names, (name) => name);
  return Object.fromEntries([...groups].map(([name, all]) => [name, all.length])) as Record<Name, number>;
}
