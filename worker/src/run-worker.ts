/** Reads the environment, wires adapters to activities, and polls until the process receives SIGTERM or SIGINT. */

import { Client } from '@temporalio/client';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type NativeConnection,
  Runtime,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { createActivities } from './scan/create-activities.ts';
import { createErasureActivities } from './erasure/create-activities.ts';
import { createOperationsActivities } from './operations/create-activities.ts';
import { createWebhookActivities } from './webhooks/create-activities.ts';
import { appWithFcmAt, fcmPush } from './push/fcm-push.ts';
import { firebaseSignIns } from './erasure/firebase-sign-ins.ts';
import { firestoreAudit } from './audit/firestore-audit.ts';
import { firestoreAuditChains } from './audit/firestore-audit-chains.ts';
import { firestoreBalances } from './operations/firestore-balances.ts';
import { firestoreCredits } from './store/firestore-credits.ts';
import { firestoreMemory } from './store/firestore-memory.ts';
import { firestoreOperations } from './operations/firestore-operations.ts';
import { firestoreScans } from './store/firestore-scans.ts';
import { firestoreUserRecords } from './erasure/firestore-user-records.ts';
import { firestoreUsers } from './store/firestore-users.ts';
import { firestoreWebhooks } from './webhooks/firestore-webhooks.ts';
import { createOpenAiModel } from './model/openai.ts';
import { pubsubEvents } from './events/pubsub-events.ts';
import { storageArchive } from './archive/storage-archive.ts';
import { storagePhotos } from './store/storage-photos.ts';
import { storageUserFiles } from './erasure/storage-user-files.ts';
import { temporalClosedRuns } from './archive/temporal-closed-runs.ts';
import { temporalScanRuns } from './store/temporal-scan-runs.ts';
import { webhookHttp } from './webhooks/webhook-http.ts';
import { slotsFor } from './platform/concurrency.ts';
import { connectRotating } from './platform/credential-rotation.ts';
import { runTogether } from './platform/run-together.ts';
import { dataConverter } from './platform/data-converter.ts';
import { versionedBy } from './platform/deployment.ts';
import { readEnv } from './env.ts';
import { startHealthServer } from './platform/health.ts';
import { stepActivityInterceptors, tellOfWaitBy } from './scan/step-activity.ts';
import { log, sdkLog, traceLogsTo } from './platform/logs.ts';
import { createOperationsWorker } from './operations/operations-worker.ts';
import { observeJobs } from './operations/job-gauges.ts';
import { measuredActivities } from './platform/telemetry/measured-activities.ts';
import { scanWritten } from './platform/telemetry/measured-scans.ts';
import { startMeters } from './platform/telemetry/meters.ts';
import { startMetricsServer } from './platform/telemetry/metrics-server.ts';
import { observedModel } from './model/observed-model.ts';
import { observedWebhooks } from './webhooks/observed-webhooks.ts';
import { workerResource } from './platform/telemetry/resource.ts';
import { forwardSdkMetrics, sdkMetricsBuffer } from './platform/telemetry/sdk-metrics.ts';
import { tracedEvents, tracedPush } from './platform/telemetry/traced-messages.ts';
import { startTraces } from './platform/telemetry/traces.ts';
import type { PhotoExaminer } from './body/vision/examiner-pool.ts';
import { measureGirths } from './body/vision/girths.ts';
import { createScanExaminations } from './body/vision/scan-examinations.ts';
import { createShortWorker } from './scan/short-worker.ts';
import { createWebhookWorker } from './webhooks/webhook-worker.ts';
import { workflowSources } from './platform/workflow-bundle.ts';

/**
 * Time limit of one question to the model (ms). A step may ask twice, and both questions must fit into an attempt of
 * five minutes.
 */
const MODEL_TIMEOUT_MS = 140_000;

/** Runs the worker with these processes for photos, and ends them with it. Rejects when a queue could not be served, once all have ended. */
export async function runWorker(examiner: PhotoExaminer): Promise<void> {
  const env = readEnv(process.env);
  traceLogsTo(env.projectId);
  const sdkMetrics = sdkMetricsBuffer();
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => sdkLog(level, message, meta)),
    telemetryOptions: { metrics: { buffer: sdkMetrics } },
  });
  const resource = workerResource(env.deployment?.buildId);
  const traces = await startTraces({ resource, endpoint: env.otlp?.endpoint });
  const meters = await startMeters({ resource, otlp: env.otlp });
  const { measure } = meters;
  const forwarded = forwardSdkMetrics(sdkMetrics, meters.meter);
  const metrics = await startMetricsServer(
    env.metricsHost,
    env.metricsPort,
    meters.prometheus,
    forwarded.drain,
  );

  let workers: readonly Worker[] = [];
  /** Whether the workers of all queues are among them. */
  let areAll = false;
  const health = await startHealthServer(
    env.healthHost,
    env.healthPort,
    () => areAll && workers.every((worker) => worker.getState() === 'RUNNING') && examiner.isHealthy(),
  );

  const temporal = await connectRotating(env.temporal);
  const { namespace, taskQueue } = env.temporal;
  const converter = dataConverter(env.encryption, namespace);
  const clientOn = (connection: NativeConnection) =>
    new Client({ connection, namespace, dataConverter: converter });
  let client = clientOn(temporal.current());

  const app = initializeApp({ projectId: env.projectId });
  const db = getFirestore(app);
  observeJobs(meters, db);
  const model = observedModel(
    createOpenAiModel({ ...env.model, timeoutMs: MODEL_TIMEOUT_MS }),
    {
      provider: env.model.azure ? 'azure.ai.openai' : 'openai',
      model: env.model.azure?.deployment ?? env.model.model,
      embeddingModel: env.model.embeddingModel,
    },
    measure,
  );
  const events = pubsubEvents(env.projectId);
  const memory = env.supermemory
    ? (await import('./store/supermemory-memory.ts')).supermemoryMemory(env.supermemory)
    : firestoreMemory(db, model);
  const audit = firestoreAudit(db);
  const storage = { bucket: env.bucket, apiEndpoint: env.storageApiEndpoint };
  const photos = storagePhotos(storage);
  const scanActivities = createActivities({
    model,
    visualModel: env.visualEstimate ? model : null,
    photos,
    examinations: createScanExaminations(photos, examiner, {
      copies: env.hideFaces ? 'faces hidden' : (env.visualEstimate || env.modelQualityCheck) && 'with faces',
    }),
    measurer: { measure: measureGirths },
    memory,
    scans: firestoreScans(db, scanWritten(measure)),
    credits: firestoreCredits(db),
    audit,
    users: firestoreUsers(db),
    push: tracedPush(
      fcmPush(db, env.fcmEndpoint ? appWithFcmAt(env.fcmEndpoint, env.projectId) : app, {
        webAppUrl: env.webAppUrl,
        onAnswer: (outcome) => measure('pushes', 1, { outcome }),
      }),
    ),
    events: tracedEvents(events),
    tellOfWait: tellOfWaitBy(() => client),
    modelQualityCheck: env.modelQualityCheck,
    hideFaces: env.hideFaces,
  });
  const erasureActivities = createErasureActivities({
    audit,
    files: storageUserFiles(storage),
    keeper: memory,
    records: firestoreUserRecords(db),
    runs: temporalScanRuns(() => client),
    signIns: firebaseSignIns(app),
  });

  const webhookActivities = createWebhookActivities({
    webhooks: firestoreWebhooks(db, () => measure('webhookDeadLetters', 1, {})),
    sender: observedWebhooks(webhookHttp({ allowLoopback: env.webhookAllowLoopbackHttp }), measure),
  });

  const operationsActivities = createOperationsActivities({
    archive: storageArchive({ ...storage, bucket: env.archiveBucket }),
    runs: temporalClosedRuns(() => client),
    chains: firestoreAuditChains(db),
    balances: firestoreBalances(db),
    operations: firestoreOperations(db),
  });

  /** The options that all workers share. */
  const options: WorkerOptions = {
    connection: temporal.current(),
    namespace,
    taskQueue,
    dataConverter: converter,
    // One bundle for all workers.
    workflowBundle: env.workflowBundlePath
      ? { codePath: env.workflowBundlePath }
      : await bundleWorkflowCode(workflowSources()),
    sinks: traces.sinks,
    interceptors: {
      activity: [
        ...traces.activityInterceptors,
        measuredActivities(measure),
        stepActivityInterceptors(() => client),
      ],
    },
    ...versionedBy(env.deployment),
    shutdownGraceTime: `${env.shutdownGraceSeconds}s`,
    // Core sends heartbeats at most this often. A cancellation reaches an activity with the answer to a heartbeat, so the
    // interval is short.
    maxHeartbeatThrottleInterval: '2s',
    // When a worker is killed, Temporal gives its workflow tasks to another worker after this time.
    stickyQueueScheduleToStartTimeout: '5s',
  };
  /** Those that a user waits for. The others load their workflows afterwards: a thread takes a third of a core second for that. */
  const first = [
    Worker.create({
      ...options,
      activities: { ...scanActivities, ...erasureActivities },
      ...slotsFor(env.concurrency, env.maxConcurrentActivities),
    }),
    createShortWorker(options, scanActivities),
  ];
  workers = await Promise.all(first);

  log('INFO', 'worker_started', {
    namespace,
    taskQueue,
    healthPort: health.port,
    metricsPort: metrics.port,
    encrypted: env.encryption.encrypts,
    buildId: env.deployment?.buildId,
  });
  const failures = await runTogether(
    workers,
    () => [
      createWebhookWorker(options, webhookActivities),
      createOperationsWorker(options, operationsActivities),
    ],
    (all) => {
      workers = all;
      areAll = true;
      temporal.watch((connection) => {
        client = clientOn(connection);
        for (const worker of all) worker.connection = connection;
      });
    },
  );
  forwarded.stop();
  await Promise.allSettled([
    examiner.close(),
    meters.close(),
    traces.close(),
    events.close(),
    db.terminate(),
    temporal.close(),
  ]);
  health.server.close();
  metrics.server.close();
  log('INFO', 'worker_stopped');
  // Threads of a worker that was not created would keep the process; what is thrown here ends it.
  if (failures.length > 0) throw failures[0];
}
