/** The figures as rows with ratios, and as a table. */

import { median, quantile } from '../statistics.ts';
import type { Figures, Version } from './measure.ts';

/** One figure of one version. */
export interface Measured {
  readonly value: number;
  /** How many values the figure is computed from, and the least and the greatest of them. */
  readonly count: number;
  readonly least: number;
  readonly most: number;
}

export interface Row {
  readonly what: string;
  readonly before: Measured;
  readonly today: Measured;
  /** The ratio that today's figure must not exceed. */
  readonly bar: number;
}

const p95 = (values: readonly number[]) => quantile(values, 0.95);
const greatest = (values: readonly number[]) => Math.max(...values);
const last = (values: readonly number[]) => values.at(-1) ?? Number.NaN;

/**
 * The rows of the table. Values are medians, unless a row names another statistic: of times over all scans, of all other
 * figures over the turns.
 */
export function rowsOf(figures: Record<Version, Figures>): Row[] {
  const row = (
    what: string,
    bar: number,
    of: (figures: Figures) => readonly number[],
    statistic: (values: readonly number[]) => number = median,
  ): Row => {
    const measured = (values: readonly number[]): Measured => ({
      value: statistic(values),
      count: values.length,
      least: Math.min(...values),
      most: greatest(values),
    });
    return { what, bar, before: measured(of(figures.before)), today: measured(of(figures.today)) };
  };
  return [
    row('worker processor time, 2 MP (core s)', 0.5, (each) => each.coreSeconds['2 MP']),
    row('worker processor time, 12 MP (core s)', 0.5, (each) => each.coreSeconds['12 MP']),
    row("worker memory after the last turn's scans (MiB)", 0.6, (each) => each.memoryAfter, last),
    row('worker memory, most, 8 scans at once (MiB)', 0.6, (each) => each.memoryPeak, greatest),
    row('photo verdict, p50 (s)', 0.6, (each) => each.verdict),
    row('photo verdict, p95 (s)', 0.6, (each) => each.verdict, p95),
    row('document to first body fat, p50 (s)', 0.6, (each) => each.bodyFat),
    row('document to first body fat, p95 (s)', 0.6, (each) => each.bodyFat, p95),
    row('Temporal actions (history and beats)', 0.45, (each) =>
      each.actions.map((actions, turn) => actions + each.heartbeats[turn]!),
    ),
    row('Firestore writes of the worker', 0.5, (each) => each.writes),
    row('Firestore reads, no earlier scan', 0.4, (each) => each.reads.none),
    row('Firestore reads, 300 earlier scans', 0.4, (each) => each.reads.many),
    row("worker's start to its first poll (s)", 0.6, (each) => each.startSeconds),
    row("worker's start to its first poll (core s)", 0.6, (each) => each.startCoreSeconds),
  ];
}

export const ratioOf = ({ before, today }: Row) => today.value / before.value;

const number = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

/** The value, with the range of the values that it is computed from. */
const told = ({ value, least, most }: Measured) => `${number(value)} (${number(least)}–${number(most)})`;

/** Lines of a Markdown table. */
export function tableOf(rows: readonly Row[], commit: string): string[] {
  const cells = [
    ['what, a scan', 'n', commit, 'today', 'ratio', 'bar'],
    ...rows.map((row) => [
      row.what,
      [...new Set([row.before.count, row.today.count])].join(', '),
      told(row.before),
      told(row.today),
      ratioOf(row).toFixed(2),
      `≤ ${row.bar}`,
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  const line = (values: readonly string[]) =>
    `| ${values.map((value, column) => value.padEnd(widths[column]!)).join(' | ')} |`;
  return [
    line(cells[0]!),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...cells.slice(1).map(line),
  ];
}
