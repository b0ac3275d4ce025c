/** The worker process: reads the environment, wires adapters to activities, and polls until it is told to stop. */

import { createRequire } from 'node:module';
import { Client } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { createActivities } from './activities/create-activities.ts';
import { appWithFcmAt, fcmPush } from './adapters/fcm-push.ts';
import { firestoreAudit } from './adapters/firestore-audit.ts';
import { firestoreCredits } from './adapters/firestore-credits.ts';
import { firestoreMemory } from './adapters/firestore-memory.ts';
import { firestoreScans } from './adapters/firestore-scans.ts';
import { firestoreUsers } from './adapters/firestore-users.ts';
import { createOpenAiModel } from './adapters/openai.ts';
import { pubsubEvents } from './adapters/pubsub-events.ts';
import { storagePhotos } from './adapters/storage-photos.ts';
import { supermemoryMemory } from './adapters/supermemory-memory.ts';
import { readEnv } from './env.ts';
import { startHealthServer } from './health.ts';
import { stepActivityInterceptors } from './interceptors/step-activity.ts';
import { log, sdkLog } from './logs.ts';
import { connectToTemporal } from './temporal-connection.ts';

/** Time for one ask (ms): a step may ask twice, and both must fit into an attempt of five minutes. */
const MODEL_TIMEOUT_MS = 140_000;

const env = readEnv(process.env);
Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message, meta }) => sdkLog(level, message, meta)),
});

let worker: Worker | undefined;
const health = await startHealthServer(env.healthHost, env.healthPort, () => worker?.getState() === 'RUNNING');

const app = initializeApp({ projectId: env.projectId });
const db = getFirestore(app);
const model = createOpenAiModel({ ...env.model, timeoutMs: MODEL_TIMEOUT_MS });
const events = pubsubEvents(env.projectId);
const activities = createActivities({
  model,
  photos: storagePhotos({ bucket: env.bucket, apiEndpoint: env.storageApiEndpoint }),
  memory: env.supermemory ? supermemoryMemory(env.supermemory) : firestoreMemory(db, model),
  scans: firestoreScans(db),
  credits: firestoreCredits(db),
  audit: firestoreAudit(db),
  users: firestoreUsers(db),
  push: env.fcmEndpoint
    ? fcmPush(db, appWithFcmAt(env.fcmEndpoint, env.projectId), { http2: false })
    : fcmPush(db, app),
  events,
});

const workflows: { workflowBundle: WorkflowBundleOption } | { workflowsPath: string } = env.workflowBundlePath
  ? { workflowBundle: { codePath: env.workflowBundlePath } }
  : { workflowsPath: createRequire(import.meta.url).resolve('./workflows/index.ts') };

const connection = await connectToTemporal(env.temporal);
const { namespace, taskQueue } = env.temporal;
worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  activities,
  ...workflows,
  interceptors: { activity: [stepActivityInterceptors(new Client({ connection, namespace }))] },
  maxConcurrentActivityTaskExecutions: env.maxConcurrentActivities,
  shutdownGraceTime: `${env.shutdownGraceSeconds}s`,
  // A cancellation reaches an activity with the answer to a beat: beats are let through this often.
  maxHeartbeatThrottleInterval: '2s',
  // After a worker was killed its workflows wait this long for it before another takes them.
  stickyQueueScheduleToStartTimeout: '5s',
});

log('INFO', 'worker_started', { namespace, taskQueue, healthPort: health.port });
// Returns after SIGTERM or SIGINT, once running activities have finished or the grace is over.
await worker.run();
await Promise.allSettled([events.close(), db.terminate(), connection.close()]);
health.server.close();
log('INFO', 'worker_stopped');
