/** Identifies the worker process in metrics and traces, by OpenTelemetry's conventions. */

import { randomUUID } from 'node:crypto';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';

/** The worker's resource. `version` is the build id, when the environment names one. */
export function workerResource(version: string | undefined): Resource {
  return resourceFromAttributes({
    'service.namespace': 'reddyfit',
    'service.name': 'reddyfit-worker',
    'service.instance.id': randomUUID(),
    ...(version && { 'service.version': version }),
  });
}
