/** The worker process: reads the environment, wires adapters to activities, and polls until it is told to stop. */

import { createRequire } from 'node:module';
import { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { createActivities } from './activities/create-activities.ts';
import { createErasureActivities } from './activities/create-erasure-activities.ts';
import { createOperationsActivities } from './activities/create-operations-activities.ts';
import { createWebhookActivities } from './activities/create-webhook-activities.ts';
import { appWithFcmAt, fcmPush } from './adapters/fcm-push.ts';
import { firebaseSignIns } from './adapters/firebase-sign-ins.ts';
import { firestoreAudit } from './adapters/firestore-audit.ts';
import { firestoreAuditChains } from './adapters/firestore-audit-chains.ts';
import { firestoreCredits } from './adapters/firestore-credits.ts';
import { firestoreMemory } from './adapters/firestore-memory.ts';
import { firestoreOperations } from './adapters/firestore-operations.ts';
import { firestoreScans } from './adapters/firestore-scans.ts';
import { firestoreUserRecords } from './adapters/firestore-user-records.ts';
import { firestoreUsers } from './adapters/firestore-users.ts';
import { firestoreWebhooks } from './adapters/firestore-webhooks.ts';
import { createOpenAiModel } from './adapters/openai.ts';
import { pubsubEvents } from './adapters/pubsub-events.ts';
import { storageArchive } from './adapters/storage-archive.ts';
import { storagePhotos } from './adapters/storage-photos.ts';
import { storageUserFiles } from './adapters/storage-user-files.ts';
import { supermemoryMemory } from './adapters/supermemory-memory.ts';
import { temporalClosedRuns } from './adapters/temporal-closed-runs.ts';
import { temporalScanRuns } from './adapters/temporal-scan-runs.ts';
import { webhookHttp } from './adapters/webhook-http.ts';
import { slotsFor } from './concurrency.ts';
import { dataConverter, FAILURE_CONVERTER_PATH } from './data-converter.ts';
import { versionedBy } from './deployment.ts';
import { readEnv } from './env.ts';
import { startHealthServer } from './health.ts';
import { stepActivityInterceptors } from './interceptors/step-activity.ts';
import { log, sdkLog } from './logs.ts';
import { createOperationsWorker } from './operations-worker.ts';
import { connectToTemporal } from './temporal-connection.ts';
import { createWebhookWorker } from './webhook-worker.ts';

/** Time for one ask (ms): a step may ask twice, and both must fit into an attempt of five minutes. */
const MODEL_TIMEOUT_MS = 140_000;

const env = readEnv(process.env);
Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message, meta }) => sdkLog(level, message, meta)),
});

let workers: Worker[] = [];
const health = await startHealthServer(
  env.healthHost,
  env.healthPort,
  () => workers.length > 0 && workers.every((worker) => worker.getState() === 'RUNNING'),
);

const connection = await connectToTemporal(env.temporal);
const { namespace, taskQueue } = env.temporal;
const converter = dataConverter(env.encryption, namespace);
const client = new Client({ connection, namespace, dataConverter: converter });

const app = initializeApp({ projectId: env.projectId });
const db = getFirestore(app);
const model = createOpenAiModel({ ...env.model, timeoutMs: MODEL_TIMEOUT_MS });
const events = pubsubEvents(env.projectId);
const memory = env.supermemory ? supermemoryMemory(env.supermemory) : firestoreMemory(db, model);
const audit = firestoreAudit(db);
const storage = { bucket: env.bucket, apiEndpoint: env.storageApiEndpoint };
const scanActivities = createActivities({
  model,
  photos: storagePhotos(storage),
  memory,
  scans: firestoreScans(db),
  credits: firestoreCredits(db),
  audit,
  users: firestoreUsers(db),
  push: fcmPush(db, env.fcmEndpoint ? appWithFcmAt(env.fcmEndpoint, env.projectId) : app, {
    webAppUrl: env.webAppUrl,
  }),
  events,
});
const erasureActivities = createErasureActivities({
  audit,
  files: storageUserFiles(storage),
  keeper: memory,
  records: firestoreUserRecords(db),
  runs: temporalScanRuns(client),
  signIns: firebaseSignIns(app),
});

const webhookActivities = createWebhookActivities({
  webhooks: firestoreWebhooks(db),
  sender: webhookHttp({ allowLoopback: env.webhookAllowLoopbackHttp }),
});

const operationsActivities = createOperationsActivities({
  archive: storageArchive({ ...storage, bucket: env.archiveBucket }),
  runs: temporalClosedRuns(client),
  chains: firestoreAuditChains(db),
  operations: firestoreOperations(db),
});

/** What all workers have in common. */
const options: WorkerOptions = {
  connection,
  namespace,
  taskQueue,
  dataConverter: converter,
  // One bundle for all workers.
  workflowBundle: env.workflowBundlePath
    ? { codePath: env.workflowBundlePath }
    : await bundleWorkflowCode({
        workflowsPath: createRequire(import.meta.url).resolve('./workflows/index.ts'),
        failureConverterPath: FAILURE_CONVERTER_PATH,
        logger: new DefaultLogger('WARN'),
      }),
  interceptors: { activity: [stepActivityInterceptors(client)] },
  ...versionedBy(env.deployment),
  shutdownGraceTime: `${env.shutdownGraceSeconds}s`,
  // A cancellation reaches an activity with the answer to a beat: beats are let through this often.
  maxHeartbeatThrottleInterval: '2s',
  // After a worker was killed its workflows wait this long for it before another takes them.
  stickyQueueScheduleToStartTimeout: '5s',
};
workers = await Promise.all([
  Worker.create({
    ...options,
    activities: { ...scanActivities, ...erasureActivities },
    ...slotsFor(env.concurrency, env.maxConcurrentActivities),
  }),
  createWebhookWorker(options, webhookActivities),
  createOperationsWorker(options, operationsActivities),
]);

log('INFO', 'worker_started', {
  namespace,
  taskQueue,
  healthPort: health.port,
  encrypted: env.encryption.encrypts,
  buildId: env.deployment?.buildId,
});
// Returns after SIGTERM or SIGINT, once running activities have finished or the grace is over.
await Promise.all(workers.map((worker) => worker.run()));
await Promise.allSettled([events.close(), db.terminate(), connection.close()]);
health.server.close();
log('INFO', 'worker_stopped');
