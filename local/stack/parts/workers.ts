/** The Temporal workers. */

import { join } from 'node:path';
import { DEFAULT_TASK_QUEUE } from '@reddyfit/shared/names/ids';
import { WORKFLOW_BUNDLE } from '../builds.ts';
import type { Child } from '../child.ts';
import { DEVELOPMENT_KEYS } from '../development-key.ts';
import { loopback } from '../ports.ts';
import { answersOk, untilReady } from '../ready.ts';
import { repositoryRoot } from '../../../repository.ts';
import type { Starting } from '../starting.ts';
import { TEMPORAL_NAMESPACE } from './temporal.ts';

/**
 * Node's flags for a worker, as in the image (`deploy/worker.Dockerfile`, whose test compares them). By itself V8 lets the young objects of
 * each of a worker's four isolates grow to some 128 MiB before it collects them; a scan needs none of that (docs/measured.md).
 */
export const WORKER_FLAGS = ['--max-semi-space-size=4'];

/** How long a worker that is told to stop may go on with what it has begun (s). */
export const DRAIN_SECONDS = 10;

export interface WorkerOptions {
  /** 1 for the first one. */
  readonly number: number;
  /** Port of its `/readyz`. */
  readonly healthPort: number;
  /** Port of its `/metrics`. */
  readonly metricsPort: number;
  /** An OpenTelemetry collector. */
  readonly otlpEndpoint?: string | undefined;
  /** Model settings: OPENAI_*, AZURE_OPENAI_*, SUPERMEMORY_API_KEY. */
  readonly model: Readonly<Record<string, string>>;
  /** Whether the model, too, estimates body fat from the photos. */
  readonly visualEstimate: 'model' | 'off';
  /** True when its end does not end the stack. */
  readonly mayEnd?: boolean;
}

/** Starts a worker and resolves when it polls its queue. */
export async function startWorker(starting: Starting, options: WorkerOptions): Promise<Child> {
  const { bucket, archiveBucket, projectId, ports, run, signal } = starting;
  const child = await run({
    name: `worker-${options.number}`,
    command: process.execPath,
    args: [...WORKER_FLAGS, join(repositoryRoot, 'worker/src/main.ts')],
    mayEnd: options.mayEnd ?? false,
    env: {
      // Set as in the image: without it the C library keeps 100 MiB more for threads that have long been idle.
      MALLOC_ARENA_MAX: '2',
      ...options.model,
      VISUAL_ESTIMATE: options.visualEstimate,
      ...(options.otlpEndpoint && {
        OTEL_EXPORTER_OTLP_ENDPOINT: options.otlpEndpoint,
        OTEL_METRIC_EXPORT_INTERVAL: '10000',
      }),
      TEMPORAL_ADDRESS: loopback(ports.temporal),
      TEMPORAL_NAMESPACE,
      TEMPORAL_TASK_QUEUE: DEFAULT_TASK_QUEUE,
      PAYLOAD_ENCRYPTION_KEYS: DEVELOPMENT_KEYS,
      WORKFLOW_BUNDLE_PATH: WORKFLOW_BUNDLE,
      GOOGLE_CLOUD_PROJECT: projectId,
      STORAGE_BUCKET: bucket,
      ARCHIVE_BUCKET: archiveBucket,
      STORAGE_API_ENDPOINT: `http://${loopback(ports.storage)}`,
      FCM_ENDPOINT: `http://${loopback(ports.fcm)}`,
      FIRESTORE_EMULATOR_HOST: loopback(ports.firestore),
      WEBHOOK_ALLOW_LOOPBACK_HTTP: 'true',
      FIREBASE_AUTH_EMULATOR_HOST: loopback(ports.auth),
      PUBSUB_EMULATOR_HOST: loopback(ports.pubsub),
      WORKER_HEALTH_HOST: '127.0.0.1',
      WORKER_HEALTH_PORT: String(options.healthPort),
      WORKER_METRICS_HOST: '127.0.0.1',
      WORKER_METRICS_PORT: String(options.metricsPort),
      WORKER_SHUTDOWN_GRACE_SECONDS: String(DRAIN_SECONDS),
    },
  });
  await untilReady(child, () => answersOk(`http://${loopback(options.healthPort)}/readyz`), signal);
  return child;
}
