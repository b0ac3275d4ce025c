/**
 * Everything that the rules, policies and the dashboard query exists in the worker's catalogue of metrics, down to the
 * labels.
 */

import { describe, expect, it } from 'vitest';
import { METRICS } from '../../worker/src/platform/telemetry/metrics.ts';
import { ruleFiles, rulesOf } from '../../local/monitoring/rule-files.ts';
import { problemsOf } from './metric-names.ts';

const catalogue = Object.values(METRICS);

describe('a rule', () => {
  it.each(
    rulesOf(ruleFiles()).map((rule) => ['alert' in rule ? rule.alert : rule.record, rule.expr] as const),
  )('%s asks for metrics that exist', (_, expression) => {
    expect(problemsOf(expression, catalogue)).toEqual([]);
  });
});

it.each([
  ['sum(reddyfit_scan_total)', 'no metric reddyfit_scan_total'],
  ['reddyfit_scans_total{outcome="done"}', 'reddyfit_scans_total has no outcome="done"'],
  ['reddyfit_scans_total{outcome=~"failed|broken"}', 'reddyfit_scans_total has no outcome="broken"'],
  ['reddyfit_scans_total{user="x"}', 'reddyfit_scans_total has no label user'],
  [
    'reddyfit_scan_duration_seconds_bucket{le="601"}',
    'reddyfit_scan_duration_seconds_bucket has no le="601"',
  ],
  ['sum by (user) (reddyfit_scans_total)', 'no label user to group by'],
])('sees what is wrong with %s', (expression, problem) => {
  expect(problemsOf(expression, catalogue)).toEqual([problem]);
});

it('refuses what is no expression', () => {
  expect(() => problemsOf('sum(reddyfit_scans_total', catalogue)).toThrow('no PromQL');
});
