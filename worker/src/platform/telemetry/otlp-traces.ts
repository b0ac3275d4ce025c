/** Sends the worker's spans to an OpenTelemetry collector by OTLP over HTTP. */

import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { Resource } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
} from '@temporalio/interceptors-opentelemetry-v2/lib/worker/index.js';
import type { ActivityInterceptorsFactory, WorkerOptions } from '@temporalio/worker';
import { guardedSpans } from './guarded-spans.ts';

export interface Traces {
  /** Must come before all other interceptors, so that what they log and do belongs to the activity's span. */
  activityInterceptors: ActivityInterceptorsFactory[];
  /** The sink to which workflows export their spans. */
  sinks: NonNullable<WorkerOptions['sinks']>;
  /** Sends what has not been sent yet, and stops. */
  close(): Promise<void>;
}

/** How long spans wait to be sent as a batch (ms). */
const SEND_EVERY_MS = 1000;

/** Registers the process's tracer, which sends to the collector at `endpoint`. */
export function tracesTo(endpoint: string, resource: Resource): Traces {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  const processor = guardedSpans(new BatchSpanProcessor(exporter, { scheduledDelayMillis: SEND_EVERY_MS }));
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    activityInterceptors: [
      (activity) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(activity) }),
    ],
    sinks: { exporter: makeWorkflowExporter(processor, resource) } as unknown as Traces['sinks'],
    close: () => provider.shutdown(),
  };
}
