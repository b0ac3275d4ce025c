/** An evaluation as lines for a terminal. */

import { type LanguageModel, registeredModel } from '@reddyfit/shared/scan/models';
import type { Summary } from './summary.ts';

const COLUMNS = [
  'question',
  'cases',
  'failed',
  're-asks',
  'unusable',
  'tokens in',
  'out',
  'USD',
  'p50 s',
  'max s',
];

export function evaluationLines({
  model,
  cases,
  steps,
  usd,
  bodyFat,
}: Summary & { model: string }): string[] {
  const { sees, reasons } = registeredModel(model) as LanguageModel;
  const rows = steps.map((step) => [
    step.question,
    String(step.cases),
    counted(step.failed, step.errors),
    String(step.reasks),
    counted(null, step.unusable),
    String(step.inputTokens),
    String(step.outputTokens),
    dollars(step.usd),
    seconds(step.latencyMs?.p50),
    seconds(step.latencyMs?.max),
  ]);
  const widths = COLUMNS.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  const about = `${sees ? 'sees' : 'sees no'} photos, ${reasons ? 'reasons' : 'does not reason'}`;
  return [
    `${model} (${about}): ${cases} cases, ${dollars(usd)} USD`,
    line(COLUMNS),
    ...rows.map(line),
    ...(bodyFat
      ? [
          `body fat seen against known, ${bodyFat.cases} cases: bias ${bodyFat.bias.toFixed(1)}, mean absolute error ${bodyFat.mae.toFixed(1)} points`,
        ]
      : []),
    '',
  ];
}

function counted(total: number | null, by: Readonly<Record<string, number | undefined>>): string {
  const parts = Object.entries(by).map(([name, count]) => `${count} ${name}`);
  if (total === null) return parts.join(', ') || '0';
  return parts.length === 0 ? String(total) : `${total} (${parts.join(', ')})`;
}

const dollars = (usd: number | null) => (usd === null ? 'no price' : usd.toFixed(4));
const seconds = (ms: number | undefined) => (ms === undefined ? '-' : (ms / 1000).toFixed(1));
