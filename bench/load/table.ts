/** A load run as lines for a terminal. */

import type { LoadFigures, Quantiles } from './figures.ts';
import type { Proof } from './proof.ts';

const NAME_WIDTH = 26;
const row = (name: string, ...cells: string[]) =>
  `  ${name.padEnd(NAME_WIDTH)}${cells.map((cell) => cell.padStart(9)).join('')}`;
const quantileRow = (name: string, values: Quantiles | null, digits: number) =>
  values
    ? row(name, ...[values.p50, values.p95, values.p99, values.max].map((v) => v.toFixed(digits)))
    : row(name, 'none');

/** Lines of the table. Times are in seconds since a scan was due. */
export function tableOf(figures: LoadFigures, proof: Proof): string[] {
  const { sent, outcomes, degraded, lost, seconds, throughput, busy } = figures;
  const ends = Object.entries(outcomes).map(([status, count]) => `${count} ${status}`);
  return [
    `  ${sent} scans in ${seconds.toFixed(1)} s: ${ends.join(', ')}; ${degraded} without a part, ${lost} lost`,
    `  ${throughput.toFixed(1)} a second; ${proof.workflows} workflows, ${proof.settled} credits settled`,
    `  ${busy.said} said that they wait, and ${busy.begun} were seen to begin; ${busy.late} of them began later than said, by ${busy.latest.toFixed(0)} s at most`,
    '',
    row('', 'p50', 'p95', 'p99', 'max'),
    quantileRow('first step begins (s)', figures.startWait, 2),
    quantileRow('body fat (s)', figures.estimation, 2),
    quantileRow('said wait, off by (s)', busy.off, 0),
    quantileRow('earlier than said (s)', busy.early, 0),
    quantileRow('completed (s)', figures.duration, 2),
    quantileRow('activity queue wait (s)', proof.queueWait, 3),
    quantileRow('history events', proof.historyEvents, 0),
    quantileRow('machine, busy cores', figures.busyCores, 2),
    quantileRow('workers, cores', figures.workerCores, 2),
    quantileRow('workers, memory (MiB)', figures.workerMiB, 0),
  ];
}
