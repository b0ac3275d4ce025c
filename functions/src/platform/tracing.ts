/**
 * Spans of the functions. Without a collector (OTEL_EXPORTER_OTLP_ENDPOINT) no spans are made, and nothing of OpenTelemetry is
 * loaded.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { traceLogFields } from '@reddyfit/shared/log-fields';
import { TRACEPARENT_PATTERN } from '@reddyfit/shared/temporal/traces';
import { projectID } from 'firebase-functions/params';
import { otlpEndpoint } from './config.ts';
import type { RunningSpan } from './tracing-sdk.ts';

export interface SpanOptions {
  kind: 'server' | 'consumer' | 'client' | 'internal';
  /** The W3C traceparent that the span continues, instead of the span around the caller. A malformed one is ignored. */
  parent?: unknown;
  attributes?: Readonly<Record<string, string | number | boolean>>;
}

const running = new AsyncLocalStorage<RunningSpan>();

/**
 * Runs `work` in a span, a child of the span around the caller or of `parent`. The outermost span is sent before this returns,
 * since an instance may be frozen afterwards. A collector that does not answer costs a second at most, and never the work. When
 * `work` throws, the span names the error but does not quote it, and the error is thrown on.
 */
export async function traced<Result>(
  name: string,
  { kind, parent, attributes = {} }: SpanOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const endpoint = otlpEndpoint();
  if (!endpoint) return work();
  const { flushSpans, startSpan } = await import('./tracing-sdk.ts');
  const around = running.getStore();
  const continued = typeof parent === 'string' && TRACEPARENT_PATTERN.test(parent) ? parent : undefined;
  const span = startSpan(endpoint, name, kind, { parent: continued ?? around?.traceparent, attributes });
  try {
    return await running.run(span, work);
  } catch (error) {
    span.failed(error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    span.end();
    if (!around) await flushSpans();
  }
}

/** The W3C traceparent of the span around the caller; undefined without one. */
export function currentTraceparent(): string | undefined {
  return running.getStore()?.traceparent;
}

/** Adds attributes to the span around the caller. Does nothing without such a span. */
export function annotate(attributes: Readonly<Record<string, string | number | boolean>>): void {
  running.getStore()?.annotate(attributes);
}

/** The fields by which a log line names the span around the caller; none without such a span. */
export function traceFields(): Record<string, string | boolean> {
  const span = running.getStore();
  return span ? traceLogFields(projectID.value(), span.context) : {};
}
