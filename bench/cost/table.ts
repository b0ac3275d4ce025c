/** The figures as rows with ratios, and as a table. */

import { median, quantile } from '../statistics.ts';
import type { Figures, Version } from './measure.ts';

export interface Row {
  readonly what: string;
  readonly before: number;
  readonly today: number;
  /** The ratio that today is to stay at or below. */
  readonly bar: number;
}

/** Medians over the turns; of times over the scans. */
export function rowsOf(figures: Record<Version, Figures>): Row[] {
  const row = (what: string, bar: number, of: (figures: Figures) => number): Row => ({
    what,
    bar,
    before: of(figures.before),
    today: of(figures.today),
  });
  return [
    row('worker processor time, 2 MP (core s)', 0.5, (each) => median(each.coreSeconds['2 MP'])),
    row('worker processor time, 12 MP (core s)', 0.5, (each) => median(each.coreSeconds['12 MP'])),
    row("worker memory after a turn's scans (MiB)", 0.6, (each) => each.memoryAfter.at(-1) ?? Number.NaN),
    row('worker memory, most, 8 scans at once (MiB)', 0.6, (each) => Math.max(...each.memoryPeak)),
    row('photo verdict, p50 (s)', 0.6, (each) => median(each.verdict)),
    row('photo verdict, p95 (s)', 0.6, (each) => quantile(each.verdict, 0.95)),
    row('document to first body fat, p50 (s)', 0.6, (each) => median(each.bodyFat)),
    row(
      'Temporal actions (history and beats)',
      0.45,
      (each) => median(each.actions) + median(each.heartbeats),
    ),
    row('Firestore writes of the worker', 0.5, (each) => median(each.writes)),
    row('Firestore reads, no earlier scan', 0.4, (each) => median(each.reads.none)),
    row('Firestore reads, 300 earlier scans', 0.4, (each) => median(each.reads.many)),
    row("worker's start to its first poll (s)", 0.6, (each) => median(each.startSeconds)),
  ];
}

export const ratioOf = ({ before, today }: Row) => today / before;

const number = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

/** Lines of a Markdown table. */
export function tableOf(rows: readonly Row[], commit: string): string[] {
  const cells = [
    ['what, a scan', commit, 'today', 'ratio', 'bar'],
    ...rows.map((row) => [
      row.what,
      number(row.before),
      number(row.today),
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
