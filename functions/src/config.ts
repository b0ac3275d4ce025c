/** What the functions are configured with: params and one secret, parsed once, with every problem named at once. */

import { DEFAULT_TASK_QUEUE } from '@reddyfit/shared/ids';
import { defaultBucket } from '@reddyfit/shared/photos';
import { defineBoolean, defineInt, defineSecret, defineString, projectID } from 'firebase-functions/params';
import { onInit, setGlobalOptions } from 'firebase-functions/v2';
import { z } from 'zod';

/** Where the functions run. */
const REGION = 'us-central1';

const params = {
  TEMPORAL_ADDRESS: defineString('TEMPORAL_ADDRESS', {
    default: 'localhost:7233',
    description: 'Temporal frontend as host:port.',
  }),
  TEMPORAL_NAMESPACE: defineString('TEMPORAL_NAMESPACE', { default: 'default' }),
  TEMPORAL_TASK_QUEUE: defineString('TEMPORAL_TASK_QUEUE', { default: DEFAULT_TASK_QUEUE }),
  TEMPORAL_CLIENT_CERT_PATH: defineString('TEMPORAL_CLIENT_CERT_PATH', {
    default: '',
    description: 'PEM file of the client certificate (mTLS). Empty without mTLS.',
  }),
  TEMPORAL_CLIENT_KEY_PATH: defineString('TEMPORAL_CLIENT_KEY_PATH', {
    default: '',
    description: 'PEM file of the client key (mTLS). Empty without mTLS.',
  }),
  STORAGE_BUCKET: defineString('STORAGE_BUCKET', {
    default: '',
    description: 'Photo bucket. Empty: <project id>.firebasestorage.app, which is what the rules expect.',
  }),
  STORAGE_API_ENDPOINT: defineString('STORAGE_API_ENDPOINT', {
    default: '',
    description: "Cloud Storage API as a URL. Empty: Google's.",
  }),
  SPECULATIVE_ESTIMATION: defineBoolean('SPECULATIVE_ESTIMATION', {
    default: true,
    description: 'Start the estimation beside the quality check.',
  }),
  EVENT_MAX_AGE_SECONDS: defineInt('EVENT_MAX_AGE_SECONDS', {
    default: 3600,
    description: 'A scan whose created event comes later than this (s) is ended instead of started.',
  }),
};

const MIN_INSTANCES = defineInt('MIN_INSTANCES', {
  default: 0,
  description: 'Instances of each function kept warm.',
});

/** A secret cannot be stored empty, so `none` stands for no key. */
const TEMPORAL_API_KEY = defineSecret('TEMPORAL_API_KEY');

setGlobalOptions({ region: REGION, minInstances: MIN_INSTANCES, secrets: [TEMPORAL_API_KEY] });

/** Raw values by their environment name; absent and empty mean the same. */
export type ConfigValues = Partial<Record<keyof typeof params | 'TEMPORAL_API_KEY' | 'PROJECT_ID', string>>;

/** How to reach Temporal. `tls` is either mTLS, or server TLS (for an API key), or absent. */
export interface TemporalConfig {
  address: string;
  namespace: string;
  taskQueue: string;
  mtls?: { certPath: string; keyPath: string };
  apiKey?: string;
}

export interface Config {
  temporal: TemporalConfig;
  /** Photo bucket, without gs://. */
  bucket: string;
  /** Cloud Storage API URL; absent for Google's. */
  storageApiEndpoint?: string;
  speculativeEstimation: boolean;
  /** Oldest created event that still starts a scan (ms). */
  eventMaxAgeMs: number;
}

const text = z
  .string()
  .trim()
  .optional()
  .transform((value) => (value ? value : undefined));

const HOST_PORT = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?):([0-9]{1,5})$/;
const isHostPort = (value: string) => {
  const port = Number(HOST_PORT.exec(value)?.[3]);
  return port >= 1 && port <= 65_535;
};
const isLoopback = (address: string) => /^(localhost|127\.[0-9.]+|\[::1\]):/.test(address);
const isTemporalCloud = (address: string) => /\.(tmprl\.cloud|api\.temporal\.io):/.test(address);

const values = z
  .object({
    TEMPORAL_ADDRESS: text
      .transform((value) => value ?? 'localhost:7233')
      .refine(isHostPort, 'must be host:port, without a scheme'),
    TEMPORAL_NAMESPACE: text
      .transform((value) => value ?? 'default')
      .refine((value) => !/\s/.test(value), 'must not contain spaces'),
    TEMPORAL_TASK_QUEUE: text.transform((value) => value ?? DEFAULT_TASK_QUEUE),
    TEMPORAL_CLIENT_CERT_PATH: text,
    TEMPORAL_CLIENT_KEY_PATH: text,
    TEMPORAL_API_KEY: text.transform((value) => (value === 'none' ? undefined : value)),
    PROJECT_ID: text,
    STORAGE_BUCKET: text.refine(
      (value) => value === undefined || /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(value),
      'must be a bucket name, without gs://',
    ),
    STORAGE_API_ENDPOINT: text.refine(
      (value) => value === undefined || /^https?:\/\/[^/?#]+$/.test(value),
      'must be http(s)://host[:port], without a path',
    ),
    SPECULATIVE_ESTIMATION: text
      .transform((value) => value ?? 'true')
      .refine((value) => value === 'true' || value === 'false', 'must be true or false'),
    EVENT_MAX_AGE_SECONDS: text
      .transform((value) => Number(value ?? 3600))
      .refine((value) => Number.isInteger(value) && value > 0, 'must be a whole number of seconds above 0'),
  })
  .check(({ value, issues }) => {
    const refuse = (field: keyof ConfigValues, message: string) =>
      issues.push({ code: 'custom', input: value, path: [field], message });
    const cert = value.TEMPORAL_CLIENT_CERT_PATH;
    const key = value.TEMPORAL_CLIENT_KEY_PATH;
    if (cert && !key)
      refuse('TEMPORAL_CLIENT_KEY_PATH', 'is missing, while TEMPORAL_CLIENT_CERT_PATH is set');
    if (key && !cert)
      refuse('TEMPORAL_CLIENT_CERT_PATH', 'is missing, while TEMPORAL_CLIENT_KEY_PATH is set');
    if (value.TEMPORAL_API_KEY && (cert || key))
      refuse(
        'TEMPORAL_API_KEY',
        'excludes TEMPORAL_CLIENT_CERT_PATH and TEMPORAL_CLIENT_KEY_PATH: choose one',
      );
    if (value.TEMPORAL_API_KEY && isLoopback(value.TEMPORAL_ADDRESS))
      refuse('TEMPORAL_API_KEY', 'needs TLS, which a loopback TEMPORAL_ADDRESS does not speak');
    if (isTemporalCloud(value.TEMPORAL_ADDRESS) && !value.TEMPORAL_API_KEY && !(cert && key))
      refuse(
        'TEMPORAL_ADDRESS',
        'is Temporal Cloud, which needs a client certificate and key, or TEMPORAL_API_KEY',
      );
    if (!value.STORAGE_BUCKET && !value.PROJECT_ID)
      refuse('STORAGE_BUCKET', 'is missing, and so is the project id');
  });

/** Parses raw values. Throws one Error that names every problem, and no value. */
export function parseConfig(raw: ConfigValues): Config {
  const parsed = values.safeParse(raw);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    throw new Error(`The functions are misconfigured:\n${problems.join('\n')}`);
  }
  const env = parsed.data;
  return {
    temporal: {
      address: env.TEMPORAL_ADDRESS,
      namespace: env.TEMPORAL_NAMESPACE,
      taskQueue: env.TEMPORAL_TASK_QUEUE,
      ...(env.TEMPORAL_CLIENT_CERT_PATH && {
        mtls: { certPath: env.TEMPORAL_CLIENT_CERT_PATH, keyPath: env.TEMPORAL_CLIENT_KEY_PATH! },
      }),
      ...(env.TEMPORAL_API_KEY && { apiKey: env.TEMPORAL_API_KEY }),
    },
    bucket: env.STORAGE_BUCKET ?? defaultBucket(env.PROJECT_ID!),
    ...(env.STORAGE_API_ENDPOINT && { storageApiEndpoint: env.STORAGE_API_ENDPOINT }),
    speculativeEstimation: env.SPECULATIVE_ESTIMATION === 'true',
    eventMaxAgeMs: env.EVENT_MAX_AGE_SECONDS * 1000,
  };
}

let parsed: Config | undefined;

/** The configuration of this instance. Throws as parseConfig does. */
export function config(): Config {
  parsed ??= parseConfig({
    ...Object.fromEntries(Object.keys(params).map((name) => [name, process.env[name]])),
    TEMPORAL_API_KEY: TEMPORAL_API_KEY.value(),
    PROJECT_ID: projectID.value(),
  });
  return parsed;
}

// Runs before an instance's first request, and not while `firebase deploy` loads the code to list its functions.
onInit(() => void config());
