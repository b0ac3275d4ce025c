/** Sends the worker's metrics to an OpenTelemetry collector by OTLP over HTTP. */

import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { type IMetricReader, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';

/** Reads all metrics every `everyMs` (ms) and sends them to the collector at `endpoint`. */
export function metricsTo({ endpoint, everyMs }: { endpoint: string; everyMs: number }): IMetricReader {
  return new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` }),
    exportIntervalMillis: everyMs,
    exportTimeoutMillis: everyMs,
  });
}
