/** The plots of a report as SVG text, in the colours of the page. */

import * as Plot from '@observablehq/plot';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import { DOMParser } from 'linkedom';
import { GOALS } from '../../functions/src/report/figures.ts';
import type { Report } from './report.ts';

/** Bottom to top. The colours are custom properties, so that the page chooses them for light and dark. */
const STATUS_COLOURS: readonly (readonly [ScanStatus, string])[] = [
  ['completed', 'var(--good)'],
  ['rejected', 'var(--fair)'],
  ['failed', 'var(--bad)'],
  ['canceled', 'var(--quiet)'],
  ['processing', 'var(--waiting)'],
  ['queued', 'var(--waiting)'],
  ['submitted', 'var(--waiting)'],
];

const WIDTH = 720;

const { document } = new DOMParser().parseFromString(
  '<!doctype html><html><body></body></html>',
  'text/html',
).defaultView!;

/** A plot as SVG text, as wide as the page. */
export function svg(options: Plot.PlotOptions): string {
  const plot = Plot.plot({
    document: document as never,
    width: WIDTH,
    marginBottom: 42,
    style: { background: 'transparent', color: 'inherit', fontFamily: 'inherit', fontSize: '12px' } as never,
    ...options,
  });
  // Not cast to HTMLElement: without the type declarations of a browser that interface is empty or missing.
  return (plot as unknown as { outerHTML: string }).outerHTML;
}

/** A time scale from the beginning of the first part to the end of the last. */
function overTime({ parts, period }: Report): Plot.ScaleOptions {
  const edge = (index: number, later: number) => new Date(Date.parse(parts.at(index)!.from) + later);
  return { type: 'utc', label: null, domain: [edge(0, 0), edge(-1, period.partSeconds * 1000)] };
}

/** Scans over time, by status. */
export function scansPlot(report: Report): string {
  const { parts, period } = report;
  const bars = parts.flatMap(({ from, byStatus }) =>
    STATUS_COLOURS.filter(([status]) => byStatus[status] > 0).map(([status, colour]) => ({
      x1: new Date(from),
      x2: new Date(Date.parse(from) + period.partSeconds * 1000),
      colour,
      scans: byStatus[status],
    })),
  );
  return svg({
    height: 220,
    x: overTime(report),
    y: {
      label: 'scans',
      grid: true,
      tickFormat: (value: number) => (Number.isInteger(value) ? String(value) : ''),
    },
    marks: [
      Plot.rectY(
        bars,
        Plot.stackY({
          x1: 'x1',
          x2: 'x2',
          y: 'scans',
          fill: 'colour',
          inset: 0.5,
        }),
      ),
      Plot.ruleY([0]),
    ],
  });
}

/** Duration over time: the median, the 95th percentile, and the goal. */
export function durationPlot(report: Report): string {
  const { parts, period } = report;
  const middle = (from: string) => new Date(Date.parse(from) + period.partSeconds * 500);
  const points = parts.flatMap(({ from, duration: { p50, p95 } }) =>
    p50 === null || p95 === null ? [] : [{ at: middle(from), p50: p50 / 60, p95: p95 / 60 }],
  );
  const goal = GOALS.durationP95 / 60;
  return svg({
    height: 220,
    x: overTime(report),
    y: {
      label: 'minutes',
      grid: true,
      zero: true,
      domain: [0, Math.max(goal * 1.1, ...points.map(({ p95 }) => p95))],
    },
    marks: [
      Plot.ruleY([goal], { stroke: 'var(--bad)', strokeDasharray: '4 3' }),
      Plot.ruleX(points, {
        x: 'at',
        y1: 'p50',
        y2: 'p95',
        stroke: 'var(--accent)',
        strokeOpacity: 0.35,
        strokeWidth: 3,
      }),
      Plot.dot(points, { x: 'at', y: 'p95', stroke: 'var(--accent)', r: 3 }),
      Plot.dot(points, { x: 'at', y: 'p50', fill: 'var(--accent)', r: 3 }),
      Plot.ruleY([0]),
    ],
  });
}

/** The distribution of durations: the share of scans that are done after so many seconds. */
export function shapePlot({ durations }: Report): string {
  const points = durations.map((value, index) => ({
    seconds: value,
    share: ((index + 1) / durations.length) * 100,
  }));
  return svg({
    height: 220,
    x: { label: 'seconds', grid: true },
    y: { label: '% of scans done', grid: true, domain: [0, 100] },
    marks: [
      Plot.ruleY([95], { stroke: 'var(--quiet)', strokeDasharray: '4 3' }),
      Plot.line(points, {
        x: 'seconds',
        y: 'share',
        stroke: 'var(--accent)',
        curve: 'step-after',
        strokeWidth: 2,
      }),
    ],
  });
}

/** The duration of each step, from its median to its 95th percentile. */
export function stepsPlot({ steps }: Report): string {
  const rows = steps.flatMap(({ step, duration: { p50, p95 } }) =>
    p50 === null || p95 === null ? [] : [{ step, p50, p95 }],
  );
  return svg({
    height: 40 + rows.length * 28,
    marginLeft: 100,
    x: { label: 'seconds', grid: true, zero: true },
    y: { label: null, domain: rows.map(({ step }) => step) },
    marks: [
      Plot.barX(rows, {
        y: 'step',
        x: 'p95',
        fill: 'var(--accent)',
        fillOpacity: 0.35,
        insetTop: 4,
        insetBottom: 4,
      }),
      Plot.barX(rows, { y: 'step', x: 'p50', fill: 'var(--accent)', insetTop: 4, insetBottom: 4 }),
    ],
  });
}

/** The share of each step's attempts that were retries, and the share that failed for good. */
export function attemptsPlot({ steps }: Report): string {
  const rows = steps
    .filter(({ attempts }) => attempts > 0)
    .flatMap(({ step, attempts, retries, failed }) => [
      { step, kind: 'retried', share: (retries / attempts) * 100, colour: 'var(--fair)' },
      { step, kind: 'failed', share: (failed / attempts) * 100, colour: 'var(--bad)' },
    ]);
  return svg({
    height: 40 + (rows.length / 2) * 28,
    marginLeft: 100,
    x: {
      label: '% of attempts',
      grid: true,
      domain: [
        0,
        Math.max(
          GOALS.retryRate * 120,
          ...steps.map(({ retries, failed, attempts }) => attempts && ((retries + failed) / attempts) * 100),
        ),
      ],
    },
    y: { label: null, domain: steps.filter(({ attempts }) => attempts > 0).map(({ step }) => step) },
    marks: [
      Plot.barX(rows, Plot.stackX({ y: 'step', x: 'share', fill: 'colour', insetTop: 4, insetBottom: 4 })),
      Plot.ruleX([GOALS.retryRate * 100], { stroke: 'var(--bad)', strokeDasharray: '4 3' }),
      Plot.ruleX([0]),
    ],
  });
}

/** The parts of a scan's cost. */
export function costPlot({ cost }: Report): string {
  if (!cost) return '';
  const rows = [
    { part: 'Models', cents: cost.models.usd * 100 },
    { part: 'Temporal', cents: (cost.temporal?.usd ?? 0) * 100 },
    { part: 'Firestore', cents: cost.firestore.usd * 100 },
  ];
  return svg({
    height: 130,
    marginLeft: 100,
    marginRight: 50,
    x: { label: 'cents', grid: true },
    y: { label: null, domain: rows.map(({ part }) => part) },
    marks: [
      Plot.barX(rows, { y: 'part', x: 'cents', fill: 'var(--accent)', insetTop: 4, insetBottom: 4 }),
      Plot.text(rows, {
        y: 'part',
        x: 'cents',
        text: ({ cents }: { cents: number }) => cents.toPrecision(2),
        textAnchor: 'start',
        dx: 5,
      }),
      Plot.ruleX([0]),
    ],
  });
}
