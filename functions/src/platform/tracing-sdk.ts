/** The part of tracing.ts that needs OpenTelemetry. It is loaded only where spans are sent. */

import {
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { appVersion } from './config.ts';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';

export interface RunningSpan {
  readonly traceparent: string;
  readonly context: SpanContext;
  annotate(attributes: Readonly<Record<string, string | number | boolean>>): void;
  /** Marks the span as failed. `type` is the name of the error. */
  failed(type: string): void;
  end(): void;
}

/** How long an answer waits until its spans are sent (ms). */
const FLUSH_MS = 1000;

const KINDS = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
};

const w3c = new W3CTraceContextPropagator();
let opened: { tracer: Tracer; provider: BasicTracerProvider } | undefined;

/**
 * Opens the one provider of the instance. `endpoint` is the collector's, without `/v1/traces`. The variable
 * OTEL_TRACES_SAMPLER applies.
 */
function open(endpoint: string) {
  if (opened) return opened;
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: FLUSH_MS });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.namespace': 'reddyfit',
      'service.name': 'reddyfit-functions',
      'service.version': appVersion(),
    }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  opened = { provider, tracer: provider.getTracer('reddyfit') };
  return opened;
}

/** Begins a span, as the child of `parent` (W3C traceparent) or as the root of a new trace. */
export function startSpan(
  endpoint: string,
  name: string,
  kind: keyof typeof KINDS,
  {
    parent,
    attributes,
  }: { parent: string | undefined; attributes: Readonly<Record<string, string | number | boolean>> },
): RunningSpan {
  const around = parent
    ? w3c.extract(
        ROOT_CONTEXT,
        { traceparent: parent },
        { get: (from, key) => from[key as 'traceparent'], keys: Object.keys },
      )
    : ROOT_CONTEXT;
  const span = open(endpoint).tracer.startSpan(name, { kind: KINDS[kind], attributes }, around);
  const carrier: Record<string, string> = {};
  w3c.inject(trace.setSpan(ROOT_CONTEXT, span), carrier, {
    set: (into, key, value) => void (into[key] = value),
  });
  return {
    traceparent: carrier['traceparent']!,
    context: span.spanContext(),
    annotate: (more) => void span.setAttributes(more),
    failed: (type) => void span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR }),
    end: () => span.end(),
  };
}

/** Sends the spans that have ended, and waits for FLUSH_MS at most. Never throws. */
export async function flushSpans(): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, FLUSH_MS)));
  await Promise.race([opened?.provider.forceFlush().catch(() => undefined), late]);
  clearTimeout(timer);
}
