/** The worker's environment, read once and checked whole: every problem is named at start-up. */

import { defaultArchiveBucket } from '@reddyfit/shared/audit/archive';
import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { defaultBucket } from '@reddyfit/shared/scan/photos';
import { temporalSettings } from '@reddyfit/shared/temporal/settings';
import { modelNameProblem, registeredModel } from '@reddyfit/shared/scan/models';
import { z } from 'zod';
import { concurrency } from './platform/concurrency.ts';

/** An unset variable and an empty one are the same thing. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });
const port = z.coerce.number().int().min(0).max(65_535);

const schema = z
  .object({
    /** Firebase project. */
    GOOGLE_CLOUD_PROJECT: z.string({ error: 'is required: the Firebase project id' }).min(1),
    /** Photo bucket; the project's default when unset. */
    STORAGE_BUCKET: optional(z.string()),
    /** Archive bucket: histories and anchors, kept for years; `<project>-archive` when unset. */
    ARCHIVE_BUCKET: optional(z.string()),
    /** Address of a Cloud Storage server other than Google's. */
    STORAGE_API_ENDPOINT: optional(url),
    /** Address of an FCM server other than Google's. */
    FCM_ENDPOINT: optional(url),
    /** Address of the web app; the project's Firebase Hosting address when unset. */
    WEB_APP_URL: optional(z.url({ protocol: /^https$/, error: 'must be an https URL' })),

    OPENAI_API_KEY: optional(z.string()),
    OPENAI_BASE_URL: optional(url),
    OPENAI_MODEL: z.string().min(1).default('gpt-5.1'),
    OPENAI_EMBEDDING_MODEL: z.string().min(1).default('text-embedding-3-small'),
    /** Salt of the hash that identifies a user to the model's provider; the project's id when unset. */
    SAFETY_IDENTIFIER_SALT: optional(z.string().min(16, 'must have 16 characters or more')),
    AZURE_OPENAI_ENDPOINT: optional(url),
    AZURE_OPENAI_API_KEY: optional(z.string()),
    AZURE_OPENAI_API_VERSION: z.string().min(1).default('2025-04-01-preview'),
    AZURE_OPENAI_DEPLOYMENT: optional(z.string()),
    /**
     * `model` (default): the model also estimates body fat from the photos. `off`: the measurement stands alone. The
     * model writes the texts in both cases.
     */
    VISUAL_ESTIMATE: z.enum(['model', 'off'], { error: 'must be model or off' }).default('model'),
    /** Whether the model also checks photos that have passed the worker's own checks: `on` (default) or `off`. */
    MODEL_QUALITY_CHECK: optional(z.enum(['on', 'off'], 'must be on or off')),
    /** Whether faces are hidden in the photos that a model sees and in those that are kept: `on` (default) or `off`. */
    HIDE_FACES: optional(z.enum(['on', 'off'], 'must be on or off')),
    /** Key of Supermemory, which then keeps the memories instead of Firestore vector search. */
    SUPERMEMORY_API_KEY: optional(z.string()),
    SUPERMEMORY_BASE_URL: optional(url),

    /** Address of /healthz and /readyz; all interfaces by default, since a container's probes come from outside of it. */
    WORKER_HEALTH_HOST: z.string().min(1).default('0.0.0.0'),
    /** Port of /healthz and /readyz; 0 takes a free port. */
    WORKER_HEALTH_PORT: port.default(8090),
    /** Address of /metrics. */
    WORKER_METRICS_HOST: z.string().min(1).default('0.0.0.0'),
    /** Port of /metrics; 0 takes a free port. */
    WORKER_METRICS_PORT: port.default(9464),
    /** An OpenTelemetry collector (OTLP over HTTP) for metrics and traces; none when unset. */
    OTEL_EXPORTER_OTLP_ENDPOINT: optional(url),
    /** Time between two exports of metrics to the collector (ms). */
    OTEL_METRIC_EXPORT_INTERVAL: z.coerce.number().int().min(100).max(3_600_000).default(60_000),
    /** The most activities at once. A scan usually has at most three activities under way. */
    WORKER_MAX_CONCURRENT_ACTIVITIES: z.coerce.number().int().min(1).max(1000).default(60),
    /** The most scans at once, or shares of the machine to use. It takes precedence over the number of activities. */
    WORKER_CONCURRENCY: optional(concurrency),
    /** Worker deployment name and build id for Temporal's worker versioning; the worker is unversioned without them. */
    WORKER_DEPLOYMENT_NAME: optional(
      z.string().regex(/^[A-Za-z0-9_-]{1,128}$/, 'must be letters, digits, _ or -'),
    ),
    WORKER_BUILD_ID: optional(
      z.string().regex(/^[A-Za-z0-9._-]{1,128}$/, 'must be letters, digits, ., _ or -'),
    ),
    /**
     * `true` allows webhooks over http, to any port, on loopback. Refused unless FIRESTORE_EMULATOR_HOST is set, since
     * it is for one machine only.
     */
    WEBHOOK_ALLOW_LOOPBACK_HTTP: optional(z.enum(['true', 'false'], 'must be true or false')),
    /** Address of the Firestore emulator; the Firestore client reads it, too. */
    FIRESTORE_EMULATOR_HOST: optional(z.string()),

    /** How long running activities may finish after SIGTERM (s). */
    WORKER_SHUTDOWN_GRACE_SECONDS: z.coerce.number().int().min(0).max(3600).default(30),
    /** Prebuilt workflow bundle; bundled at start-up when unset. */
    WORKFLOW_BUNDLE_PATH: optional(z.string()),
  })
  .superRefine((env, context) => {
    const azure = [env.AZURE_OPENAI_ENDPOINT, env.AZURE_OPENAI_API_KEY, env.AZURE_OPENAI_DEPLOYMENT];
    const given = azure.filter((value) => value !== undefined).length;
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (given > 0 && given < azure.length) {
      problem(
        'AZURE_OPENAI_ENDPOINT',
        'Azure needs AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY and AZURE_OPENAI_DEPLOYMENT together',
      );
    }
    if (given === 0 && env.OPENAI_API_KEY === undefined) {
      problem('OPENAI_API_KEY', 'is required, or the AZURE_OPENAI_* variables');
    }
    const unknown = modelNameProblem(env.OPENAI_MODEL, 'language');
    if (unknown !== null) problem('OPENAI_MODEL', unknown);
    const model = registeredModel(env.OPENAI_MODEL);
    const showsPhotos = env.VISUAL_ESTIMATE === 'model' || env.MODEL_QUALITY_CHECK !== 'off';
    if (model?.kind === 'language' && !model.sees && showsPhotos) {
      problem('OPENAI_MODEL', 'sees no photos: with it, VISUAL_ESTIMATE and MODEL_QUALITY_CHECK must be off');
    }
    // With Azure, the embedding model's name is that of a deployment, which the registry cannot know.
    const embedding = given > 0 ? null : modelNameProblem(env.OPENAI_EMBEDDING_MODEL, 'embedding');
    if (embedding !== null) problem('OPENAI_EMBEDDING_MODEL', embedding);
    const photos = env.STORAGE_BUCKET ?? defaultBucket(env.GOOGLE_CLOUD_PROJECT);
    if (env.ARCHIVE_BUCKET === photos) {
      problem('ARCHIVE_BUCKET', 'must be another bucket than that of the photos, which are deleted');
    }
    if (env.WEBHOOK_ALLOW_LOOPBACK_HTTP === 'true' && env.FIRESTORE_EMULATOR_HOST === undefined) {
      problem('WEBHOOK_ALLOW_LOOPBACK_HTTP', 'is for a machine with FIRESTORE_EMULATOR_HOST only');
    }
    if ((env.WORKER_DEPLOYMENT_NAME === undefined) !== (env.WORKER_BUILD_ID === undefined)) {
      problem('WORKER_DEPLOYMENT_NAME', 'and WORKER_BUILD_ID are set together or not at all');
    }
  });

/** Reads the environment. Throws one error that names every problem; the error holds no value of a secret. */
export function readEnv(env: NodeJS.ProcessEnv) {
  const parsed = schema.safeParse(env);
  const temporal = temporalSettings.safeParse(env);
  const encryption = payloadEncryption.safeParse(env);
  if (!parsed.success || !temporal.success || !encryption.success) {
    const issues = [parsed, temporal, encryption].flatMap(({ error }) => error?.issues ?? []);
    const lines = issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The worker's environment has ${lines.length} problem(s):\n${lines.join('\n')}`);
  }
  const values = parsed.data;
  return {
    projectId: values.GOOGLE_CLOUD_PROJECT,
    bucket: values.STORAGE_BUCKET ?? defaultBucket(values.GOOGLE_CLOUD_PROJECT),
    archiveBucket: values.ARCHIVE_BUCKET ?? defaultArchiveBucket(values.GOOGLE_CLOUD_PROJECT),
    storageApiEndpoint: values.STORAGE_API_ENDPOINT,
    fcmEndpoint: values.FCM_ENDPOINT,
    webAppUrl: (values.WEB_APP_URL ?? `https://${values.GOOGLE_CLOUD_PROJECT}.web.app`).replace(/\/+$/, ''),
    temporal: temporal.data,
    encryption: encryption.data,
    model: {
      apiKey: values.OPENAI_API_KEY ?? '',
      model: values.OPENAI_MODEL,
      embeddingModel: values.OPENAI_EMBEDDING_MODEL,
      safetySalt: values.SAFETY_IDENTIFIER_SALT ?? values.GOOGLE_CLOUD_PROJECT,
      ...(values.OPENAI_BASE_URL && { baseUrl: values.OPENAI_BASE_URL }),
      ...(values.AZURE_OPENAI_ENDPOINT && {
        azure: {
          endpoint: values.AZURE_OPENAI_ENDPOINT,
          apiKey: values.AZURE_OPENAI_API_KEY!,
          apiVersion: values.AZURE_OPENAI_API_VERSION,
          deployment: values.AZURE_OPENAI_DEPLOYMENT!,
        },
      }),
    },
    visualEstimate: values.VISUAL_ESTIMATE === 'model',
    hideFaces: values.HIDE_FACES !== 'off',
    modelQualityCheck: values.MODEL_QUALITY_CHECK !== 'off',
    supermemory: values.SUPERMEMORY_API_KEY && {
      apiKey: values.SUPERMEMORY_API_KEY,
      baseUrl: values.SUPERMEMORY_BASE_URL,
    },
    webhookAllowLoopbackHttp: values.WEBHOOK_ALLOW_LOOPBACK_HTTP === 'true',
    healthHost: values.WORKER_HEALTH_HOST,
    healthPort: values.WORKER_HEALTH_PORT,
    metricsHost: values.WORKER_METRICS_HOST,
    metricsPort: values.WORKER_METRICS_PORT,
    otlp: values.OTEL_EXPORTER_OTLP_ENDPOINT
      ? {
          endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/+$/, ''),
          everyMs: values.OTEL_METRIC_EXPORT_INTERVAL,
        }
      : undefined,
    maxConcurrentActivities: values.WORKER_MAX_CONCURRENT_ACTIVITIES,
    concurrency: values.WORKER_CONCURRENCY,
    deployment:
      values.WORKER_DEPLOYMENT_NAME && values.WORKER_BUILD_ID
        ? { deploymentName: values.WORKER_DEPLOYMENT_NAME, buildId: values.WORKER_BUILD_ID }
        : undefined,
    shutdownGraceSeconds: values.WORKER_SHUTDOWN_GRACE_SECONDS,
    workflowBundlePath: values.WORKFLOW_BUNDLE_PATH,
  };
}
