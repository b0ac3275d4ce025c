/** The ratios as one SVG: a bar for each figure, and a mark at its limit. */

import * as Plot from '@observablehq/plot';
import { svg } from '../../ops/report/plots.ts';
import { ratioOf, type Row } from './table.ts';

export function plotOf(rows: readonly Row[], commit: string): string {
  const bars = rows.map((row) => ({ what: row.what, ratio: ratioOf(row), bar: row.bar }));
  const drawn = svg({
    height: 40 + 26 * bars.length,
    marginLeft: 280,
    marginBottom: 36,
    x: {
      label: `today / ${commit}`,
      domain: [0, Math.max(1.1, ...bars.map(({ ratio }) => ratio))],
      grid: true,
    },
    y: { label: null, domain: bars.map(({ what }) => what) },
    marks: [
      Plot.barX(bars, { x: 'ratio', y: 'what', fill: '#4c78a8', insetTop: 5, insetBottom: 5 }),
      Plot.tickX(bars, { x: 'bar', y: 'what', stroke: '#d62728', strokeWidth: 2 }),
      Plot.ruleX([1]),
    ],
  });
  // An SVG that is no part of a page must name its namespace.
  return drawn.includes('xmlns=') ? drawn : drawn.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
}
