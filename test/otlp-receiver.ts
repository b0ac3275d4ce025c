/** An OpenTelemetry collector for the suite: accepts traces and metrics by OTLP over HTTP, and serves what it received. */

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A value of an attribute in OTLP's JSON. */
interface AnyValue {
  stringValue?: string;
  intValue?: number | string;
  doubleValue?: number;
  boolValue?: boolean;
}
interface Attribute {
  key: string;
  value: AnyValue;
}
interface TracesRequest {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: {
      spans: {
        traceId: string;
        spanId: string;
        parentSpanId?: string;
        name: string;
        kind: number;
        attributes: Attribute[];
      }[];
    }[];
  }[];
}
interface MetricsRequest {
  resourceMetrics: { scopeMetrics: { metrics: { name: string }[] }[] }[];
}

/** A span as it was exported; `raw` is its whole JSON. */
export interface ExportedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  attributes: Record<string, string | number | boolean>;
  raw: string;
}

export interface OtlpReceiver {
  url: string;
  close(): void;
}

/** Listens on a free port. `GET /spans` answers with all spans, `GET /metrics` with the names of all metrics received. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ExportedSpan[] = [];
  const metrics = new Set<string>();
  const server = createServer(async (request, response) => {
    const answer = (body: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (`${request.method} ${request.url}`) {
      case 'POST /v1/traces':
        spans.push(...spansOf(await jsonOf<TracesRequest>(request)));
        return answer({});
      case 'POST /v1/metrics':
        for (const name of metricsOf(await jsonOf<MetricsRequest>(request))) metrics.add(name);
        return answer({});
      case 'GET /spans':
        return answer(spans);
      case 'GET /metrics':
        return answer([...metrics]);
      default:
        return response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function jsonOf<Body>(request: IncomingMessage): Promise<Body> {
  return JSON.parse(Buffer.concat(await request.toArray()).toString('utf8')) as Body;
}

function attributesOf(list: Attribute[]): ExportedSpan['attributes'] {
  return Object.fromEntries(
    list.map(({ key, value }) => [
      key,
      value.stringValue ?? value.boolValue ?? value.doubleValue ?? Number(value.intValue),
    ]),
  );
}

function spansOf({ resourceSpans }: TracesRequest): ExportedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap((scope) => scope.spans)
      .map((span) => ({
        service: String(attributesOf(resource.attributes)['service.name']),
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId || undefined,
        name: span.name,
        attributes: attributesOf(span.attributes),
        raw: JSON.stringify(span),
      })),
  );
}

function metricsOf({ resourceMetrics }: MetricsRequest): string[] {
  return resourceMetrics.flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap((scope) => scope.metrics.map(({ name }) => name)),
  );
}
