/** A worker that belongs to a test and polls a task queue of its own, so that it can be killed without ending the stack. */

import { join } from 'node:path';
import { inject } from 'vitest';
import { WORKFLOW_BUNDLE } from '../../local/stack/builds.ts';
import { type Child, type ChildOptions, startChild } from '../../local/stack/child.ts';
import { DEVELOPMENT_KEYS } from '../../local/stack/development-key.ts';
import { baseEnvironment } from '../../local/stack/environment.ts';
import { answersOk, untilReady } from '../../local/stack/ready.ts';
import { repositoryRoot } from '../../repository.ts';
import { type StackFile } from '../../local/stack/stack-file.ts';
import { freePort } from '../../local/stack/ports.ts';

/** The program that runs as the worker; by default the sources. */
export type WorkerProgram = Partial<Pick<ChildOptions, 'command' | 'args' | 'cwd' | 'user'>> & {
  /** Variables that take precedence over those that every worker of a test gets. */
  readonly env?: Readonly<Record<string, string>>;
};

const SOURCES = {
  command: process.execPath,
  args: [join(repositoryRoot, 'worker/src/main.ts')],
  cwd: repositoryRoot,
};

/** Starts a worker and resolves when it polls `taskQueue`. It belongs to the stack, which ends it when the stack ends. */
export async function startOwnWorker(
  stack: StackFile,
  taskQueue: string,
  name: string,
  program: WorkerProgram = {},
): Promise<Child> {
  const { child, ready } = await spawnOwnWorker(stack, taskQueue, name, program);
  await ready();
  return child;
}

/** Starts the process of such a worker. `ready` resolves when it polls. */
export async function spawnOwnWorker(
  stack: StackFile,
  taskQueue: string,
  name: string,
  { env, ...program }: WorkerProgram = {},
): Promise<{ child: Child; ready: () => Promise<void> }> {
  const dir = inject('instanceDir');
  const healthPort = env?.['WORKER_HEALTH_PORT'] ?? String(await freePort());
  const child = await startChild({
    ...SOURCES,
    ...program,
    name,
    log: join(dir, 'logs', `${name}.log`),
    env: {
      ...baseEnvironment(process.env, dir),
      TEMPORAL_ADDRESS: stack.temporal,
      TEMPORAL_NAMESPACE: stack.temporalNamespace,
      TEMPORAL_TASK_QUEUE: taskQueue,
      PAYLOAD_ENCRYPTION_KEYS: DEVELOPMENT_KEYS,
      // The bundle that the stack's own workers run, too.
      WORKFLOW_BUNDLE_PATH: WORKFLOW_BUNDLE,
      GOOGLE_CLOUD_PROJECT: stack.projectId,
      STORAGE_BUCKET: stack.bucket,
      ARCHIVE_BUCKET: stack.archiveBucket,
      STORAGE_API_ENDPOINT: stack.storage,
      FCM_ENDPOINT: stack.fcm,
      FIRESTORE_EMULATOR_HOST: stack.firestore,
      PUBSUB_EMULATOR_HOST: stack.pubsub,
      OPENAI_BASE_URL: `${stack.model}/v1`,
      OPENAI_API_KEY: 'local',
      OPENAI_MODEL: 'local-simulator',
      WORKER_HEALTH_PORT: healthPort,
      WORKER_METRICS_HOST: '127.0.0.1',
      WORKER_METRICS_PORT: '0',
      WORKER_SHUTDOWN_GRACE_SECONDS: '5',
      ...env,
    },
  });
  const answers = () => answersOk(`http://127.0.0.1:${healthPort}/readyz`);
  return { child, ready: () => untilReady(child, answers, new AbortController().signal) };
}
