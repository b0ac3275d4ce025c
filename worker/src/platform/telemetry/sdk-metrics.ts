/** Forwards the Temporal SDK's metrics to the same endpoint and the same collector as the worker's own. */

import type { Counter, Gauge, Histogram, Meter, UpDownCounter } from '@opentelemetry/api';
import type { Metric } from '@temporalio/common';
import { MetricsBuffer } from '@temporalio/worker';
import { SDK_SECONDS } from './metrics.ts';

/**
 * DRAIN_EVERY_MS: time between two reads of the buffer (ms). MAX_BUFFERED: changes that the buffer holds; further
 * changes are lost, and the SDK logs a line.
 */
const DRAIN_EVERY_MS = 500;
const MAX_BUFFERED = 100_000;

type Instrument = (value: number, attributes: Record<string, string | number | boolean>) => void;

/**
 * The buffer with which the runtime is installed. The SDK's core has only one exporter, Prometheus or OTLP. With a
 * buffer, both get its metrics, beside the worker's own.
 */
export function sdkMetricsBuffer(): MetricsBuffer {
  return new MetricsBuffer({ maxBufferSize: MAX_BUFFERED, useSecondsForDurations: true });
}

/**
 * Moves what the SDK has counted to `meter`, until `stop`, which moves the rest. The runtime must have been installed
 * with `buffer`.
 */
export function forwardSdkMetrics(
  buffer: Pick<MetricsBuffer, 'retrieveUpdates'>,
  meter: Meter,
): { drain(): void; stop(): void } {
  // The SDK usually hands out the same object for the same metric; when it does not, the name identifies the metric.
  const byMetric = new WeakMap<Metric, Instrument>();
  const byName = new Map<string, Instrument>();
  const drain = () => {
    for (const { metric, value, attributes } of buffer.retrieveUpdates()) {
      let record = byMetric.get(metric);
      if (!record) {
        record = byName.get(metric.name) ?? instrumentFor(meter, metric);
        byMetric.set(metric, record);
        byName.set(metric.name, record);
      }
      record(value, attributes);
    }
  };
  const timer = setInterval(drain, DRAIN_EVERY_MS);
  timer.unref();
  return {
    drain,
    stop() {
      clearInterval(timer);
      drain();
    },
  };
}

function instrumentFor(meter: Meter, { name, kind, unit = '', description = '' }: Metric): Instrument {
  const options = { unit, description };
  switch (kind) {
    case 'counter':
    case 'up-down-counter': {
      const counter: Counter | UpDownCounter =
        kind === 'counter' ? meter.createCounter(name, options) : meter.createUpDownCounter(name, options);
      return (value, attributes) => counter.add(value, attributes);
    }
    case 'gauge': {
      const gauge: Gauge = meter.createGauge(name, options);
      return (value, attributes) => gauge.record(value, attributes);
    }
    case 'histogram': {
      const advice = unit === 's' && { advice: { explicitBucketBoundaries: SDK_SECONDS } };
      const histogram: Histogram = meter.createHistogram(name, { ...options, ...advice });
      return (value, attributes) => histogram.record(value, attributes);
    }
  }
}
