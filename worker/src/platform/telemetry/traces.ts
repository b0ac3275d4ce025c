/** The worker's spans. Without a collector nothing is recorded, and nothing of what records them is loaded. */

import type { Resource } from '@opentelemetry/resources';
import type { Traces } from './otlp-traces.ts';

/**
 * Registers the process's tracer. `endpoint` is a collector's URL without `/v1/traces`. The SDK reads
 * OTEL_TRACES_SAMPLER from the environment.
 */
export async function startTraces({
  resource,
  endpoint,
}: {
  resource: Resource;
  endpoint?: string | undefined;
}): Promise<Traces> {
  if (endpoint) return (await import('./otlp-traces.ts')).tracesTo(endpoint, resource);
  return {
    activityInterceptors: [],
    sinks: { exporter: { export: { fn: () => undefined } } },
    close: async () => undefined,
  };
}
