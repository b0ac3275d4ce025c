/** GET /metrics: everything that was counted, in Prometheus' text format. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import type { IMetricReader, MetricData } from '@opentelemetry/sdk-metrics';

/** Scope labels would say of every series which library counted it. */
const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);

/** Serves `reader` at `host` and `port` (0 takes a free one). `beforeRead` fetches what is not there yet. */
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

/** A gauge that could not be read is left out; the rest is told all the same. */
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
 * A time says so in its name, as "Prometheus and OpenMetrics Compatibility" of the OpenTelemetry specification asks; the package
 * leaves it out. The `# UNIT` line goes: Prometheus' text format does not have it.
 */
function withUnit(metric: MetricData): MetricData {
  const { name, unit } = metric.descriptor;
  const inSeconds = unit === 's' && !name.endsWith('_seconds');
  return {
    ...metric,
    descriptor: { ...metric.descriptor, name: inSeconds ? `${name}_seconds` : name, unit: '' },
  };
}
