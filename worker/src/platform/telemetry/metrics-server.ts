/** GET /metrics: all metrics in Prometheus' text format. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import type { IMetricReader, MetricData } from '@opentelemetry/sdk-metrics';

/** The last argument leaves out scope labels, which would name the counting library on every series. */
const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);

/**
 * Serves the metrics of `reader` at `host` and `port` (0 takes a free port). `beforeRead` runs before each read, to
 * fetch pending metrics.
 */
export async function startMetricsServer(
  host: string,
  port: number,
  reader: IMetricReader,
  beforeRead: () => void = () => {},
): Promise<{ port: number; server: Server }> {
  const server = createServer(async ({ method, url }, response) => {
    if (url !== '/metrics' || method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    try {
      const text = await textOf(reader, beforeRead);
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
    } catch {
      response.writeHead(500).end();
    }
  });
  server.listen(port, host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

/** The metrics as text. A gauge that cannot be read is left out; all others are still served. */
async function textOf(reader: IMetricReader, beforeRead: () => void): Promise<string> {
  beforeRead();
  const { resourceMetrics } = await reader.collect();
  return serializer.serialize({
    ...resourceMetrics,
    scopeMetrics: resourceMetrics.scopeMetrics.map(({ scope, metrics }) => ({
      scope,
      metrics: metrics.map(withUnit),
    })),
  });
}

/**
 * Adds `_seconds` to the name of a metric in seconds, as "Prometheus and OpenMetrics Compatibility" of the
 * OpenTelemetry specification asks; the package does not. Removes the `# UNIT` line, which Prometheus' text format does
 * not have.
 */
function withUnit(metric: MetricData): MetricData {
  const { name, unit } = metric.descriptor;
  const inSeconds = unit === 's' && !name.endsWith('_seconds');
  return {
    ...metric,
    descriptor: { ...metric.descriptor, name: inSeconds ? `${name}_seconds` : name, unit: '' },
  };
}
