/** A report as lines for a terminal. */

import { SCAN_STATUSES } from '@reddyfit/shared/scan/statuses';
import type { Paint } from '../../clients/terminal/paint.ts';
import type { Judged } from '../../functions/src/report/figures.ts';
import type { Report } from './report.ts';
import { costRows, number, paceName, percent, seconds, trend, verdict } from './wording.ts';

/** Every line, coloured by `paint`. */
export function reportLines(report: Report, paint: Paint): string[] {
  const { period, projectId, scans, simulated } = report;
  const time = (iso: string) => iso.slice(0, 16).replace('T', ' ');
  const head = [
    paint('bold', `Scans of ${projectId}`),
    paint('dim', `${time(period.since)} to ${time(period.until)} UTC`),
    '',
  ];
  if (scans === 0) return [...head, 'There was no scan in this time.', ...gaps(report, paint)];
  return [
    ...head,
    ...goals(report, paint),
    '',
    ...(simulated > 0
      ? [
          paint(
            'yellow',
            `${number(simulated)} of ${number(scans)} scans were answered by a simulated model.`,
          ),
          '',
        ]
      : []),
    ...steps(report, paint),
    ...errors(report, paint),
    ...activities(report, paint),
    ...costs(report, paint),
    ...gaps(report, paint),
  ];
}

function goals(report: Report, paint: Paint): string[] {
  const { scans, byStatus, refused, successRate, duration, durationP95, retryRate, perDay, period } = report;
  const outcomes = SCAN_STATUSES.filter((status) => byStatus[status] > 0)
    .map((status) => `${number(byStatus[status])} ${status}`)
    .join(', ');
  const judge = (judged: Judged) => {
    const said = verdict(judged);
    return said ? paint(said === 'met' ? 'green' : 'red', said) : '';
  };
  return table([
    [
      'Scans',
      number(scans),
      '',
      outcomes + (refused > 0 ? ` (${number(refused)} refused before they began)` : ''),
    ],
    [paceName(period.days), number(perDay.value), '', trend(perDay)],
    [
      'Success rate',
      percent(successRate.value),
      judge(successRate),
      `goal at least ${percent(successRate.goal)}`,
    ],
    ['Duration, p50', seconds(duration.p50), '', ''],
    [
      'Duration, p95',
      seconds(durationP95.value),
      judge(durationP95),
      `goal below ${seconds(durationP95.goal)}`,
    ],
    ['Retried attempts', percent(retryRate.value), judge(retryRate), `goal below ${percent(retryRate.goal)}`],
  ]);
}

function steps({ steps: all }: Report, paint: Paint): string[] {
  return section(
    'Steps, the slowest first',
    paint,
    [
      ['', 'p50', 'p95', 'runs', 'failed', 'attempts', 'retried'],
      ...all.map(({ step, duration, runs, errorRate, attempts, retries }) => [
        step,
        seconds(duration.p50),
        seconds(duration.p95),
        number(runs),
        percent(errorRate),
        number(attempts),
        number(retries),
      ]),
    ],
    Infinity,
  );
}

function errors({ errors: all, slowest }: Report, paint: Paint): string[] {
  return [
    ...(all.length === 0
      ? []
      : section(
          'Errors',
          paint,
          all.map(({ code, scans }) => [code, number(scans)]),
        )),
    ...(slowest.length === 0
      ? []
      : section(
          'Slowest scans',
          paint,
          slowest.map(({ scanId, seconds: taken }) => [scanId, seconds(taken)]),
        )),
  ];
}

function activities({ activities: all, cost }: Report, paint: Paint): string[] {
  if (all.length === 0) return [];
  return section(
    `Activities, of ${number(cost?.temporal?.histories ?? 0)} histories`,
    paint,
    [
      ['', 'runs', 'attempts', 'failed'],
      ...all.map(({ activity, runs, attempts, failed }) => [
        activity,
        number(runs),
        number(attempts),
        percent(failed / runs),
      ]),
    ],
    Infinity,
  );
}

function costs({ cost }: Report, paint: Paint): string[] {
  if (!cost) return [];
  const rows = costRows(cost).map(([part, takes, usd]) => [part, usd, takes]);
  return [
    ...section(`Cost of a scan, over ${number(cost.scans)} that ended`, paint, rows),
    ...cost.notes.map((note) => paint('dim', `  ${note}`)),
    paint('dim', `  Prices of ${cost.pricesAsOf}: ${cost.sources.join(', ')}`),
    '',
  ];
}

function gaps(report: Report, paint: Paint): string[] {
  return report.gaps.map((gap) => paint('yellow', gap));
}

function section(title: string, paint: Paint, rows: string[][], figures?: number): string[] {
  return [paint('bold', title), ...table(rows, figures), ''];
}

/** Aligns columns. The first `figures` columns after the name hold numbers and are aligned on the right. */
function table(rows: readonly string[][], figures = 1): string[] {
  const width = (index: number) => Math.max(...rows.map((row) => visible(row[index] ?? '')));
  return rows.map((row) => {
    const cells = row.map((cell, index) => {
      const room = ' '.repeat(width(index) - visible(cell));
      return index > 0 && index <= figures ? room + cell : cell + room;
    });
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

/** Length without the colour codes. */
function visible(text: string): number {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\u001B\[\d+m/g, '').length;
}
