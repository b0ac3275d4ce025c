/** The dashboard: every expression queries what exists, every metric of the worker is shown, and no panel covers another. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { METRICS } from '../../worker/src/platform/telemetry/metrics.ts';
import { monitoringDir } from '../../local/monitoring/rule-files.ts';
import { problemsOf } from './metric-names.ts';
import { parsePromql } from './promql.ts';

interface Panel {
  id: number;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string; legendFormat: string }[];
}

const { panels } = JSON.parse(readFileSync(join(monitoringDir, 'grafana/reddyfit.json'), 'utf8')) as {
  panels: Panel[];
};

/** Grafana replaces these variables. */
const filledIn = (expression: string) => expression.replaceAll(/\$__(rate_interval|range)/g, '5m');

const targets = panels.flatMap(({ title, targets: each = [] }) =>
  each.map(({ expr, legendFormat }) => [title, filledIn(expr), legendFormat] as const),
);
const catalogue = Object.values(METRICS);

it.each(targets)('"%s" asks for metrics that exist', (_, expression, legend) => {
  expect(problemsOf(expression, catalogue)).toEqual([]);
  const named = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
  expect(parsePromql(expression).grouping).toEqual(expect.arrayContaining(named));
});

it('shows every metric of the catalogue', () => {
  const asked = targets.flatMap(([, expression]) =>
    parsePromql(expression).selectors.map(({ metric }) => metric),
  );
  const shown = new Set(asked.map((metric) => metric.replace(/_(bucket|count|sum)$/, '')));
  expect(catalogue.map(({ prometheus }) => prometheus).filter((metric) => !shown.has(metric))).toEqual([]);
});

it('gives every panel an id and a place of its own', () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const overlapping = panels.flatMap((one, index) =>
    panels
      .slice(index + 1)
      .filter((other) => overlap(one.gridPos, other.gridPos))
      .map((other) => [one.title, other.title]),
  );
  expect(overlapping).toEqual([]);
  expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
});

function overlap(a: Panel['gridPos'], b: Panel['gridPos']): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
