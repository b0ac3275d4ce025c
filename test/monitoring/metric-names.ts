/** Checks an expression against the catalogue of metrics: names, labels, label values, bucket boundaries. */

import type { Matcher, Selector } from './promql.ts';
import { parsePromql } from './promql.ts';

/** What the checks need to know about a metric of the catalogue. */
export interface Known {
  readonly prometheus: string;
  readonly kind: 'counter' | 'histogram' | 'gauge';
  readonly labels: Readonly<Record<string, readonly string[] | string>>;
  readonly buckets?: readonly number[];
}

/**
 * Metrics outside the catalogue (of Temporal's SDK, of Prometheus, recorded by a rule), with the labels that expressions may
 * use.
 */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  temporal_num_pollers: ['task_queue', 'poller_type'],
  temporal_worker_task_slots_available: ['task_queue', 'worker_type'],
  temporal_worker_task_slots_used: ['task_queue', 'worker_type'],
  up: ['job', 'instance'],
  ALERTS: ['alertname', 'alertstate', 'severity'],
  'reddyfit:model_budget_usd_per_day': [],
};

/** Labels that Prometheus adds to every series of a worker. */
const TARGET = ['instance'];

/** The problems of an expression; empty when everything that it queries exists. */
export function problemsOf(expression: string, catalogue: readonly Known[]): string[] {
  const { selectors, grouping } = parsePromql(expression);
  const labels = new Set(selectors.flatMap(({ metric }) => labelsOf(metric, catalogue)));
  return [
    ...selectors.flatMap((selector) => problemsOfSelector(selector, catalogue)),
    ...grouping.filter((label) => !labels.has(label)).map((label) => `no label ${label} to group by`),
  ];
}

function problemsOfSelector({ metric, matchers }: Selector, catalogue: readonly Known[]): string[] {
  const ours = find(metric, catalogue);
  if (!ours && !OTHERS[metric]) return [`no metric ${metric}`];
  const labels = labelsOf(metric, catalogue);
  return matchers.flatMap((matcher) => {
    if (!labels.includes(matcher.label)) return [`${metric} has no label ${matcher.label}`];
    if (!ours) return [];
    const values = valuesOf(matcher.label, ours);
    return values
      ? unknownValues(matcher, values).map((value) => `${metric} has no ${matcher.label}="${value}"`)
      : [];
  });
}

/** An expression names a part of a histogram, and any other metric by its own name. */
function find(metric: string, catalogue: readonly Known[]): Known | undefined {
  return catalogue.find(({ prometheus, kind }) =>
    kind === 'histogram'
      ? ['_bucket', '_count', '_sum'].some((part) => prometheus + part === metric)
      : prometheus === metric,
  );
}

function labelsOf(metric: string, catalogue: readonly Known[]): string[] {
  const ours = find(metric, catalogue);
  if (!ours) return [...(OTHERS[metric] ?? [])];
  const le = metric.endsWith('_bucket') ? ['le'] : [];
  return [...Object.keys(ours.labels).map(labelName), ...le, ...TARGET];
}

/** All values of a label, or null where they are not listed. */
function valuesOf(label: string, { labels, buckets = [] }: Known): string[] | null {
  // Prometheus 2 keeps the bucket boundaries as the worker writes them, Prometheus 3 writes them as decimals.
  if (label === 'le') return buckets.flatMap((edge) => [String(edge), edge.toFixed(1)]);
  const found = Object.entries(labels).find(([name]) => labelName(name) === label)?.[1];
  return typeof found === 'string' || found === undefined ? null : [...found];
}

/** The values of a matcher that match none of `values`; of a pattern, each such alternative. */
function unknownValues({ operator, value }: Matcher, values: readonly string[]): string[] {
  const alternatives = operator.endsWith('~') ? value.split('|') : [value];
  return alternatives.filter(
    (one) =>
      one !== '' &&
      !values.some((each) => (operator.endsWith('~') ? new RegExp(`^(?:${one})$`).test(each) : each === one)),
  );
}

/** A label as Prometheus writes it. */
function labelName(openTelemetry: string): string {
  return openTelemetry.replaceAll('.', '_');
}
