/** Instruments for the catalogue of metrics. Prometheus reads them, and an OTLP collector gets them when one is configured. */

import type { Attributes, Counter, Histogram, Meter, ObservableGauge } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import type { Resource } from '@opentelemetry/resources';
import { type IMetricReader, MeterProvider } from '@opentelemetry/sdk-metrics';
import { METRICS, type MetricDefinition, type MetricName } from './metrics.ts';

type Labels<Name extends MetricName> = {
  [
    Label in keyof (typeof METRICS)[Name]['labels']
  ]?: (typeof METRICS)[Name]['labels'][Label] extends readonly (infer Value)[] ? Value : string;
};

/** Adds to a counter of the catalogue, or records a value in a histogram. Never throws. */
export type Measure = <Name extends Counted>(name: Name, value: number, labels: Labels<Name>) => void;

type OfKind<Kind> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];
type Counted = OfKind<'counter' | 'histogram'>;

export interface Meters {
  measure: Measure;
  /** A gauge of the catalogue, observed by callbacks when the metrics are read. */
  gauge(name: OfKind<'gauge'>): ObservableGauge;
  meter: Meter;
  /** The reader of which /metrics is made. */
  prometheus: IMetricReader;
  /** Sends what has not been sent yet, and stops. */
  close(): Promise<void>;
}

export interface MetersOptions {
  resource: Resource;
  /** An OTLP/HTTP collector; none when absent. */
  otlp?: { endpoint: string; everyMs: number } | undefined;
}

/** Makes the instruments of the whole catalogue. It opens no port; metrics-server.ts serves the metrics. */
export async function startMeters({ resource, otlp }: MetersOptions): Promise<Meters> {
  const prometheus = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({
    resource,
    readers: [prometheus, ...(otlp ? [(await import('./otlp-metrics.ts')).metricsTo(otlp)] : [])],
  });
  const meter = provider.getMeter('reddyfit');
  const counters = new Map<MetricName, Counter>();
  const histograms = new Map<MetricName, Histogram>();
  const gauges = new Map<MetricName, ObservableGauge>();
  for (const [key, definition] of Object.entries(METRICS) as [MetricName, MetricDefinition][]) {
    const { name, kind, unit, description, buckets } = definition;
    const options = { unit, description };
    if (kind === 'counter') {
      const counter = meter.createCounter(name, options);
      counters.set(key, counter);
      for (const labels of labelSets(definition)) counter.add(0, labels);
    }
    if (kind === 'gauge') gauges.set(key, meter.createObservableGauge(name, options));
    if (kind === 'histogram') {
      const advice = buckets && { advice: { explicitBucketBoundaries: [...buckets] } };
      histograms.set(key, meter.createHistogram(name, { ...options, ...advice }));
    }
  }
  return {
    measure(name, value, labels) {
      counters.get(name)?.add(value, labels as Attributes);
      // When the clocks of two machines differ, a wait may come out negative; it counts as 0.
      histograms.get(name)?.record(Math.max(0, value), labels as Attributes);
    },
    gauge: (name) => gauges.get(name)!,
    meter: provider.getMeter('temporal'),
    prometheus,
    close: () => provider.shutdown(),
  };
}

/**
 * Every combination of a metric's label values; none when a label's values are not listed. Counters start at zero for
 * each combination, because Prometheus sees an increase only between two values and would miss the first failure after
 * a start.
 */
function labelSets({ labels }: MetricDefinition): Attributes[] {
  const lists = Object.entries(labels);
  if (lists.some(([, values]) => typeof values === 'string')) return [];
  return (lists as [string, readonly string[]][]).reduce<Attributes[]>(
    (sets, [label, values]) => sets.flatMap((set) => values.map((value) => ({ ...set, [label]: value }))),
    [{}],
  );
}
