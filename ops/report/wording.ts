/** Formats figures for people, in the same way in the terminal and on the page. */

import type { Cost } from './cost.ts';
import type { Judged } from '../../functions/src/report/figures.ts';

/** `97.3 %`, or a dash for null. */
export function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}

/** Seconds: `350 ms`, `4.2 s`, `3 min 20 s`. */
export function seconds(value: number | null): string {
  if (value === null) return '–';
  if (value < 1) return `${Math.round(value * 1000)} ms`;
  if (value < 60) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** US dollars: two decimals from a dollar on, otherwise two significant digits. */
function dollars(value: number): string {
  return `$${value >= 1 ? value.toFixed(2) : value.toPrecision(2)}`;
}

/** A count, or a mean of counts, as text. */
export function number(value: number): string {
  const digits = Number.isInteger(value) || value >= 1000 ? 0 : 1;
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

/** Whether a goal is met; empty where there is nothing to judge. */
export function verdict({ met }: Judged): 'met' | 'missed' | '' {
  if (met === null) return '';
  return met ? 'met' : 'missed';
}

/** The label of the scans a day. For less than a day the number is a pace, not a count. */
export function paceName(days: number): string {
  return days < 1 ? 'Scans a day, at this pace' : 'Scans a day';
}

/** Compares the scans a day with those of the period before: `+12.0 % on the period before`. */
export function trend({
  before,
  change,
  slope,
}: {
  before: number | null;
  change: number | null;
  slope: number | null;
}): string {
  const against =
    change === null
      ? before === 0
        ? 'none in the period before'
        : ''
      : `${change < 0 ? '−' : '+'}${Math.abs(change * 100).toFixed(1)} % on the period before`;
  const line = slope === null ? '' : `${slope < 0 ? '−' : '+'}${number(Math.abs(slope))} a day`;
  return [against, line].filter(Boolean).join(', ');
}

/** The parts of a scan's cost: the part's name, what a scan uses of it, and US dollars. */
export function costRows({
  models,
  temporal,
  firestore,
  usd,
}: Cost): [part: string, takes: string, usd: string][] {
  return [
    [
      'Models',
      `${number(models.inputTokens)} tokens in, ${number(models.outputTokens)} out`,
      dollars(models.usd),
    ],
    temporal
      ? [
          'Temporal',
          `${number(temporal.actions)} actions: ${number(temporal.historyActions)} in the history, ` +
            `${number(temporal.heartbeats)} heartbeats, and fairness`,
          dollars(temporal.usd),
        ]
      : ['Temporal', 'no history was read', '–'],
    [
      'Firestore',
      `${number(firestore.reads)} reads, ${number(firestore.writes)} writes`,
      dollars(firestore.usd),
    ],
    ['Together', '', dollars(usd)],
  ];
}
