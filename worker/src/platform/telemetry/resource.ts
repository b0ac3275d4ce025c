/** Who counts and traces: the worker process, as OpenTelemetry names it. */

import { randomUUID } from 'node:crypto';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';

/** `version` is the build that runs, where one was named. */
export function workerResource(version: string | undefined): Resource {
  return resourceFromAttributes({
    'service.namespace': 'reddyfit',
    'service.name': 'reddyfit-worker',
    'service.instance.id': randomUUID(),
    ...(version && { 'service.version': version }),
  });
}
