/** The bars for vision, and whether they were reached: by the figure itself, or of few (few.ts) not beyond chance. */

import type { GirthName } from '../../worker/src/body/vision/body-measurement.ts';
import type { Condition } from './conditions.ts';
import type { DefectResult } from './defects.ts';
import type { FigureResult } from './figures.ts';
import type { SpeedResult } from './speed.ts';
import { median, quantile } from '../statistics.ts';
import { biasVerdict, quantileVerdict, shareVerdict, type Verdict, worst } from './few.ts';

/** The largest allowed errors of neck, waist and hip (% of the truth). */
export const GIRTH_BARS: Record<Condition, { median: number; p95: number }> = {
  clean: { median: 1.5, p95: 4 },
  'hand-held': { median: 3, p95: 7 },
};

/** The girths to which these bars apply. */
const BARRED: readonly GirthName[] = ['neck', 'waist', 'hip'];

/** Half of the stated 95 % interval, in standard uncertainties. */
const HALF_INTERVAL = 1.96;

export interface Row {
  readonly what: string;
  readonly value: string;
  readonly bar: string;
  /** Absent where there is no bar. */
  readonly verdict?: Verdict;
}

const reachedIf = (isReached: boolean): Verdict => (isReached ? 'reached' : 'missed');

/** How many intervals of a girth hold the truth. */
function heldOf(results: readonly FigureResult[], name: GirthName): number {
  const known = results.flatMap(({ girths }) => girths?.[name] ?? []);
  return known.filter(({ cm, trueCm, sdCm }) => Math.abs(cm - trueCm) <= HALF_INTERVAL * sdCm).length;
}

const ofAll = (count: number, all: number) => `${percent(count / all)} (${count} of ${all})`;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const signed = (value: number) => `${value > 0 ? '+' : ''}${value.toFixed(2)}`;

/** Errors of one girth (% of the truth), one for each measured figure. */
export function girthErrors(results: readonly FigureResult[], name: GirthName): number[] {
  return results.flatMap(({ girths }) => {
    const girth = girths?.[name];
    return girth ? 100 * (girth.cm / girth.trueCm - 1) : [];
  });
}

export function girthRows(results: readonly FigureResult[], condition: Condition | null): Row[] {
  const bars = condition && GIRTH_BARS[condition];
  const shown = results.length;
  return (['neck', 'chest', 'waist', 'navel', 'hip'] as const).flatMap((name): Row[] => {
    const errors = girthErrors(results, name);
    if (errors.length === 0) return [];
    const sizes = errors.map(Math.abs);
    const [middle, tail] = [median(sizes), quantile(sizes, 0.95)];
    const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const covered = heldOf(results, name);
    const barred = bars && BARRED.includes(name);
    return [
      {
        what: `${name}: error, median and 95th percentile (bias)`,
        value: `${middle.toFixed(2)} %, ${tail.toFixed(2)} % (${signed(bias)} %)`,
        bar: barred ? `≤ ${bars.median} %, ≤ ${bars.p95} %` : '',
        ...(barred && {
          verdict: worst(
            quantileVerdict(sizes, 0.5, { figure: middle, bar: bars.median, shown }),
            quantileVerdict(sizes, 0.95, { figure: tail, bar: bars.p95, shown }),
          ),
        }),
      },
      {
        what: `${name}: truth within the stated 95 % interval`,
        value: ofAll(covered, errors.length),
        bar: barred ? '90–99 %' : '',
        ...(barred && { verdict: shareVerdict(covered, errors.length, { least: 0.9, most: 0.99, shown }) }),
      },
    ];
  });
}

/** The bars for bodies whose sections are no ellipses: errors in % of the truth. */
const BODY_BARS: Partial<Record<GirthName, { bias: number; median: number; p95: number }>> = {
  neck: { bias: 1, median: 3, p95: 7 },
  waist: { bias: 1, median: 2, p95: 5 },
  navel: { bias: 1, median: 2, p95: 5 },
  hip: { bias: 1, median: 2, p95: 5 },
};

/**
 * Rows for bodies whose girths by tape are known. `navy` are differences of the Navy body fat, measured minus true
 * (percentage points); `shown` are all bodies, the refused among them.
 */
export function bodyBarRows(results: readonly FigureResult[], navy: readonly number[], shown: number): Row[] {
  const girths = (
    Object.entries(BODY_BARS) as [GirthName, { bias: number; median: number; p95: number }][]
  ).flatMap(([name, bar]): Row[] => {
    const errors = girthErrors(results, name);
    if (errors.length === 0) return [];
    const sizes = errors.map(Math.abs);
    const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const held = heldOf(results, name);
    const [middle, tail] = [median(sizes), quantile(sizes, 0.95)];
    return [
      {
        what: `${name}: bias, median, 95th percentile`,
        value: `${signed(bias)} %, ${middle.toFixed(2)} %, ${tail.toFixed(2)} %`,
        bar: `≤ ±${bar.bias} %, ≤ ${bar.median} %, ≤ ${bar.p95} %`,
        verdict: worst(
          biasVerdict(errors, { bar: bar.bias, shown }),
          quantileVerdict(sizes, 0.5, { figure: middle, bar: bar.median, shown }),
          quantileVerdict(sizes, 0.95, { figure: tail, bar: bar.p95, shown }),
        ),
      },
      {
        what: `${name}: held by the stated 95 % interval`,
        value: ofAll(held, errors.length),
        bar: '90–98 %',
        verdict: shareVerdict(held, errors.length, { least: 0.9, most: 0.98, shown }),
      },
    ];
  });
  const wild = results
    .flatMap(({ girths: all }) => Object.values(all ?? {}))
    .filter(
      ({ cm, trueCm, sdCm }) =>
        Math.abs(cm / trueCm - 1) > 0.1 && Math.abs(cm - trueCm) > HALF_INTERVAL * sdCm,
    );
  const sizes = navy.map(Math.abs);
  const bias = navy.reduce((sum, each) => sum + each, 0) / navy.length;
  const [middle, tail] = [median(sizes), quantile(sizes, 0.95)];
  return [
    ...girths,
    {
      what: 'girths more than 10 % off whose interval excludes the truth',
      value: String(wild.length),
      bar: '0',
      verdict: reachedIf(wild.length === 0),
    },
    ...(navy.length === 0
      ? []
      : [
          {
            what: 'Navy body fat against that of the tape: bias, median, 95th percentile',
            value: `${signed(bias)}, ${middle.toFixed(2)}, ${tail.toFixed(2)} points`,
            bar: '≤ ±0.5, ≤ 1.2, ≤ 3',
            verdict: worst(
              biasVerdict(navy, { bar: 0.5, shown }),
              quantileVerdict(sizes, 0.5, { figure: middle, bar: 1.2, shown }),
              quantileVerdict(sizes, 0.95, { figure: tail, bar: 3, shown }),
            ),
          },
        ]),
  ];
}

export function figureRows(results: readonly FigureResult[], condition: Condition): Row[] {
  const navy = results.flatMap(({ navyDifference }) => navyDifference ?? []).map(Math.abs);
  const rejected = results.filter(({ rejectedFor }) => rejectedFor.length > 0);
  const share = rejected.length / results.length;
  return [
    ...girthRows(results, condition),
    {
      what: 'Navy body fat of measured against true girths, median (95th percentile)',
      value: `${median(navy).toFixed(2)} points (${quantile(navy, 0.95).toFixed(2)})`,
      bar: '≤ 1.5 points',
      verdict: quantileVerdict(navy, 0.5, { figure: median(navy), bar: 1.5, shown: results.length }),
    },
    {
      what: 'good figures rejected',
      value: `${rejected.length} of ${results.length} (${percent(share)})`,
      bar: '≤ 2 %',
      verdict: shareVerdict(rejected.length, results.length, { most: 0.02 }),
    },
  ];
}

export function defectRow({ name, seeds, caught, alsoRefused }: DefectResult): Row {
  return {
    what: name,
    value: `${caught} of ${seeds}${alsoRefused > 0 ? `; a good photo refused, too: ${alsoRefused}` : ''}`,
    bar: '≥ 97 %',
    verdict: shareVerdict(caught, seeds, { least: 0.97 }),
  };
}

export function speedRows(speed: SpeedResult): Row[] {
  const ms = ({ p50, p95 }: { p50: number; p95: number }) => `${p50.toFixed(0)} ms, ${p95.toFixed(0)} ms`;
  return [
    {
      what: 'four photos examined and measured, p50 and p95',
      value: ms(speed.examineMs),
      bar: 'p95 ≤ 1000 ms',
      verdict: reachedIf(speed.examineMs.p95 <= 1000),
    },
    { what: 'the same, processor time', value: `${speed.examineCpuMs.toFixed(0)} ms`, bar: '' },
    {
      what: 'memory added by the processes that examine photos',
      value: `${speed.addedMiB.toFixed(0)} MiB`,
      bar: '≤ 500 MiB',
      verdict: reachedIf(speed.addedMiB <= 500),
    },
    { what: 'scans gated and measured', value: `${speed.scansPerSecond.toFixed(2)} a second`, bar: '' },
  ];
}

/**
 * The row of the rejections. `seconds` are the times from a document to its rejection, including that of a stack's first
 * scan.
 */
export function rejectionRow(seconds: readonly number[]): Row {
  const [p50, p95, most] = [median(seconds), quantile(seconds, 0.95), Math.max(...seconds)];
  return {
    what: `${seconds.length} scans, from the document to the verdict: p50, p95, most`,
    value: `${p50.toFixed(2)} s, ${p95.toFixed(2)} s, ${most.toFixed(2)} s`,
    bar: 'p95 ≤ 1.5 s',
    verdict: reachedIf(p95 <= 1.5),
  };
}
