/** What the functions are configured with: params and secrets, parsed once, with every problem named at once. */

import type { BlockList } from 'node:net';
import { DEFAULT_GRANTS_PER_DAY } from '@reddyfit/shared/account/credits';
import { DEFAULT_LEAST_AGE } from '@reddyfit/shared/account/users';
import { DEFAULT_TASK_QUEUE } from '@reddyfit/shared/names/ids';
import { type PayloadEncryption, payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { defaultBucket } from '@reddyfit/shared/scan/photos';
import { DEFAULT_MAX_OPEN_UPLOADS } from '@reddyfit/shared/scan/uploads';
import {
  DEFAULT_TEMPORAL_ADDRESS,
  isLoopback,
  type TemporalSettings,
  temporalSettings,
} from '@reddyfit/shared/temporal/settings';
import { DEFAULT_TIME_LIMIT_SECONDS } from '@reddyfit/shared/temporal/workflows';
import { defineBoolean, defineInt, defineSecret, defineString, projectID } from 'firebase-functions/params';
import { onInit } from 'firebase-functions/v2/core';
import { setGlobalOptions } from 'firebase-functions/v2/options';
import { z } from 'zod';
import { networksOf } from './networks.ts';
import manifest from '../../package.json' with { type: 'json' };

/** Where the functions run. */
export const REGION = 'us-central1';

/** Eight hours: a working day. */
const DEFAULT_SESSION_SECONDS = 28_800;

const params = {
  TEMPORAL_ADDRESS: defineString('TEMPORAL_ADDRESS', {
    default: DEFAULT_TEMPORAL_ADDRESS,
    description: 'Temporal frontend as host:port.',
  }),
  TEMPORAL_NAMESPACE: defineString('TEMPORAL_NAMESPACE', { default: 'default' }),
  TEMPORAL_TASK_QUEUE: defineString('TEMPORAL_TASK_QUEUE', { default: DEFAULT_TASK_QUEUE }),
  TEMPORAL_CLIENT_CERT_PATH: defineString('TEMPORAL_CLIENT_CERT_PATH', {
    default: '',
    description: 'PEM file of the client certificate (mTLS), where files can be mounted. Empty otherwise.',
  }),
  TEMPORAL_CLIENT_KEY_PATH: defineString('TEMPORAL_CLIENT_KEY_PATH', {
    default: '',
    description: 'PEM file of the client key (mTLS), where files can be mounted. Empty otherwise.',
  }),
  TEMPORAL_SERVER_CA_PATH: defineString('TEMPORAL_SERVER_CA_PATH', {
    default: '',
    description: "PEM file of the authority of Temporal's certificate. Empty: those that everyone trusts.",
  }),
  PAYLOAD_ENCRYPTION: defineString('PAYLOAD_ENCRYPTION', {
    default: '',
    description:
      "off: payloads in Temporal's histories stay readable. Empty: encrypted wherever there are keys.",
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
  ENFORCE_APP_CHECK: defineBoolean('ENFORCE_APP_CHECK', {
    default: true,
    description:
      'Refuse callables from apps without an App Check token. On one machine nothing hands out tokens: false.',
  }),
  EVENT_MAX_AGE_SECONDS: defineInt('EVENT_MAX_AGE_SECONDS', {
    default: 3600,
    description: 'A scan whose created event comes later than this (s) is ended instead of started.',
  }),
  SCAN_TIME_LIMIT_SECONDS: defineInt('SCAN_TIME_LIMIT_SECONDS', {
    default: DEFAULT_TIME_LIMIT_SECONDS,
    description: 'A scan ends within this time (s) of its start, whatever happens.',
  }),
  APP_VERSION: defineString('APP_VERSION', {
    default: '',
    description:
      'Version that the scans of this deployment are marked with. Empty: the version of the package.',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: defineString('OTEL_EXPORTER_OTLP_ENDPOINT', {
    default: '',
    description: 'OpenTelemetry collector (OTLP over HTTP) for traces, as a URL. Empty: none are recorded.',
  }),
  GRANT_CREDITS_PER_DAY: defineInt('GRANT_CREDITS_PER_DAY', {
    default: DEFAULT_GRANTS_PER_DAY,
    description: 'How many scan credits one operator may grant on one day (UTC).',
  }),
  MAX_OPEN_UPLOADS: defineInt('MAX_OPEN_UPLOADS', {
    default: DEFAULT_MAX_OPEN_UPLOADS,
    description: 'How many uploads of a user may be begun and not submitted as a scan at once.',
  }),
  LEAST_AGE_YEARS: defineInt('LEAST_AGE_YEARS', {
    default: DEFAULT_LEAST_AGE,
    description: 'Age (years) from which scans are made.',
  }),
  API_STARTS_PER_MINUTE: defineInt('API_STARTS_PER_MINUTE', {
    default: 20,
    description: 'How many scans a user may ask for in a minute over HTTP, repetitions included.',
  }),
  OPERATOR_SECOND_FACTOR: defineBoolean('OPERATOR_SECOND_FACTOR', {
    default: true,
    description: "Ask for a second factor at the operator's desk. On one machine nobody has one: false.",
  }),
  OPERATOR_SESSION_SECONDS: defineInt('OPERATOR_SESSION_SECONDS', {
    default: DEFAULT_SESSION_SECONDS,
    description: "How long (s) after signing in somebody may work at the operator's desk.",
  }),
  OPERATOR_ADDRESSES: defineString('OPERATOR_ADDRESSES', {
    default: '',
    description:
      "Addresses and networks (CIDR), with commas, from which the operator's desk answers. Empty: from all.",
  }),
  TEMPORAL_UI_URL: defineString('TEMPORAL_UI_URL', {
    default: '',
    description: "Temporal's Web UI as a URL, to which the operator's desk links. Empty: no links.",
  }),
  TRACE_URL: defineString('TRACE_URL', {
    default: '',
    description: 'Where a trace is looked at, as a URL with {traceId} in it. Empty: no links.',
  }),
  ALERTMANAGER_URL: defineString('ALERTMANAGER_URL', {
    default: '',
    description: "Alertmanager as a URL, whose alerts the operator's desk shows. Empty: none are shown.",
  }),
  OPERATOR_PROXIES: defineInt('OPERATOR_PROXIES', {
    default: 0,
    description:
      'How many proxies of your own stand before the functions: so many last addresses are theirs.',
  }),
};

const MIN_INSTANCES = defineInt('MIN_INSTANCES', {
  default: 0,
  description: 'Instances of each function kept warm.',
});

/** A secret cannot be stored empty, so `none` stands for no key. */
const TEMPORAL_API_KEY = defineSecret('TEMPORAL_API_KEY');
/** The client certificate and its key (mTLS) as PEM texts; `none` for none. */
const TEMPORAL_CLIENT_CERT = defineSecret('TEMPORAL_CLIENT_CERT');
const TEMPORAL_CLIENT_KEY = defineSecret('TEMPORAL_CLIENT_KEY');
/** `id1:base64key,id2:base64key`, the newest first; `none` for no keys. */
const PAYLOAD_ENCRYPTION_KEYS = defineSecret('PAYLOAD_ENCRYPTION_KEYS');
export const SECRETS = {
  TEMPORAL_API_KEY,
  TEMPORAL_CLIENT_CERT,
  TEMPORAL_CLIENT_KEY,
  PAYLOAD_ENCRYPTION_KEYS,
};

/** The key that signs the exports of auditors; `none` for no key. */
export const OPERATOR_EXPORT_KEY = defineSecret('OPERATOR_EXPORT_KEY');

setGlobalOptions({ region: REGION, minInstances: MIN_INSTANCES, secrets: Object.values(SECRETS) });

/** Raw values by their environment name; absent and empty mean the same. */
export type ConfigValues = Partial<Record<keyof typeof params | keyof typeof SECRETS | 'PROJECT_ID', string>>;

export interface Config {
  temporal: TemporalSettings;
  /** How Temporal's payloads are encrypted. */
  encryption: PayloadEncryption;
  projectId: string | undefined;
  /** Photo bucket, without gs://. */
  bucket: string;
  /** Cloud Storage API URL; absent for Google's. */
  storageApiEndpoint: string | undefined;
  speculativeEstimation: boolean;
  /** Whether callables ask for an App Check token. */
  enforceAppCheck: boolean;
  /** A created event that is older than this (ms) starts no scan. */
  eventMaxAgeMs: number;
  /** Time (s) from its start within which a scan must end. */
  scanTimeLimitSeconds: number;
  /** Credits that one operator may grant on one day. */
  grantCreditsPerDay: number;
  /** How many uploads a user may have begun and not submitted at once. */
  maxOpenUploads: number;
  /** Age (years) from which scans are made. */
  leastAge: number;
  /** How many requests for a scan a user may make over HTTP in a minute. */
  apiStartsPerMinute: number;
  /** The URL of Alertmanager; undefined where there is none. */
  alertmanagerUrl: string | undefined;
  /** Who may work at the operator's desk. */
  desk: DeskSettings;
}

export interface DeskSettings {
  /** Whether operators need a second factor. */
  secondFactor: boolean;
  /** How long after signing in an operator may work (s). */
  sessionSeconds: number;
  /** The addresses from which the desk answers; null for all. */
  addresses: BlockList | null;
  /** How many proxies of the deployment stand before the functions. */
  proxies: number;
  /** The URL of Temporal's Web UI, and that of a trace with `{traceId}` in place of its id; undefined where there is none. */
  temporalUiUrl: string | undefined;
  traceUrl: string | undefined;
}

const variable = z.string().optional();

const isTemporalCloud = (address: string) => /\.(tmprl\.cloud|api\.temporal\.io):/.test(address);

/** The problems of combinations of values, beyond those that the shared settings check. */
function combinationProblems(raw: ConfigValues): string[] {
  const address = raw.TEMPORAL_ADDRESS ?? DEFAULT_TEMPORAL_ADDRESS;
  const problems: string[] = [];
  if (raw.TEMPORAL_API_KEY && isLoopback(address) && !raw.TEMPORAL_SERVER_CA_PATH) {
    problems.push('TEMPORAL_API_KEY needs TLS, which a loopback TEMPORAL_ADDRESS does not speak');
  }
  const proven = raw.TEMPORAL_API_KEY ?? raw.TEMPORAL_CLIENT_CERT_PATH ?? raw.TEMPORAL_CLIENT_CERT;
  if (isTemporalCloud(address) && !proven) {
    problems.push('TEMPORAL_ADDRESS is Temporal Cloud, which needs a client certificate or TEMPORAL_API_KEY');
  }
  if (!raw.STORAGE_BUCKET && !raw.PROJECT_ID)
    problems.push('STORAGE_BUCKET is missing, and so is the project id');
  return problems;
}

const otherSettings = z.object({
  STORAGE_BUCKET: variable.refine(
    (value) => value === undefined || /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(value),
    'must be a bucket name, without gs://',
  ),
  STORAGE_API_ENDPOINT: variable.refine(
    (value) => value === undefined || /^https?:\/\/[^/?#]+$/.test(value),
    'must be http(s)://host[:port], without a path',
  ),
  SPECULATIVE_ESTIMATION: variable.refine(
    (value) => value === undefined || value === 'true' || value === 'false',
    'must be true or false',
  ),
  ENFORCE_APP_CHECK: variable.refine(
    (value) => value === undefined || value === 'true' || value === 'false',
    'must be true or false',
  ),
  EVENT_MAX_AGE_SECONDS: variable.refine(
    (value) => value === undefined || /^[1-9][0-9]{0,8}$/.test(value),
    'must be a whole number of seconds above 0',
  ),
  SCAN_TIME_LIMIT_SECONDS: variable.refine(
    (value) => value === undefined || (/^[1-9][0-9]{0,5}$/.test(value) && Number(value) <= 86_400),
    'must be a whole number of seconds above 0, a day at most',
  ),
  APP_VERSION: variable.refine(
    (value) => value === undefined || /^[A-Za-z0-9._+-]{1,64}$/.test(value),
    'must be letters, digits, ., _, + or -, 64 at most',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable.refine(
    (value) => value === undefined || /^https?:\/\/[^?#]+$/.test(value),
    'must be an http(s) URL',
  ),
  GRANT_CREDITS_PER_DAY: variable.refine(
    (value) => value === undefined || /^[1-9][0-9]{0,8}$/.test(value),
    'must be a whole number above 0',
  ),
  MAX_OPEN_UPLOADS: variable.refine(
    (value) => value === undefined || /^[1-9][0-9]{0,3}$/.test(value),
    'must be a whole number from 1 to 9999',
  ),
  LEAST_AGE_YEARS: variable.refine(
    (value) => value === undefined || /^([1-9]|[1-9][0-9])$/.test(value),
    'must be a whole number of years from 1 to 99',
  ),
  API_STARTS_PER_MINUTE: variable.refine(
    (value) => value === undefined || /^[1-9][0-9]{0,8}$/.test(value),
    'must be a whole number above 0',
  ),
  OPERATOR_SECOND_FACTOR: variable.refine(
    (value) => value === undefined || value === 'true' || value === 'false',
    'must be true or false',
  ),
  OPERATOR_SESSION_SECONDS: variable.refine(
    (value) => value === undefined || (/^[1-9][0-9]{0,5}$/.test(value) && Number(value) <= 86_400),
    'must be a whole number of seconds above 0, a day at most',
  ),
  OPERATOR_ADDRESSES: variable.refine(
    (value) => value === undefined || networksOf(value) !== undefined,
    'must be addresses or networks as 203.0.113.7 or 203.0.113.0/24, with commas',
  ),
  TEMPORAL_UI_URL: variable.refine(
    (value) => value === undefined || /^https?:\/\/[^?#]+$/.test(value),
    'must be an http(s) URL',
  ),
  TRACE_URL: variable.refine(
    (value) => value === undefined || /^https?:\/\/.*\{traceId\}/.test(value),
    'must be an http(s) URL with {traceId} in it',
  ),
  ALERTMANAGER_URL: variable.refine(
    (value) => value === undefined || /^https?:\/\/[^?#]+$/.test(value),
    'must be an http(s) URL',
  ),
  OPERATOR_PROXIES: variable.refine(
    (value) => value === undefined || /^[0-9]$/.test(value),
    'must be a whole number from 0 to 9',
  ),
});

/** Parses raw values. Throws one Error that names every problem, and quotes no value. */
export function parseConfig(values: ConfigValues): Config {
  const raw: ConfigValues = Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => value?.trim() && !(Object.hasOwn(SECRETS, name) && value === 'none'),
    ),
  );
  const temporal = temporalSettings.safeParse(raw);
  const encryption = payloadEncryption.safeParse(raw);
  const others = otherSettings.safeParse(raw);
  const problems = [temporal, encryption, others]
    .flatMap(({ error }) => error?.issues ?? [])
    .map((issue) => `${issue.path.join('.')} ${issue.message}`)
    .concat(combinationProblems(raw));
  if (!temporal.success || !encryption.success || !others.success || problems.length > 0) {
    throw new Error(`The functions are misconfigured:\n  ${problems.join('\n  ')}`);
  }
  const other = others.data;
  return {
    temporal: temporal.data,
    encryption: encryption.data,
    projectId: raw.PROJECT_ID,
    bucket: other.STORAGE_BUCKET ?? defaultBucket(raw.PROJECT_ID!),
    storageApiEndpoint: other.STORAGE_API_ENDPOINT,
    speculativeEstimation: other.SPECULATIVE_ESTIMATION !== 'false',
    enforceAppCheck: other.ENFORCE_APP_CHECK !== 'false',
    eventMaxAgeMs: Number(other.EVENT_MAX_AGE_SECONDS ?? 3600) * 1000,
    scanTimeLimitSeconds: Number(other.SCAN_TIME_LIMIT_SECONDS ?? DEFAULT_TIME_LIMIT_SECONDS),
    grantCreditsPerDay: Number(other.GRANT_CREDITS_PER_DAY ?? DEFAULT_GRANTS_PER_DAY),
    maxOpenUploads: Number(other.MAX_OPEN_UPLOADS ?? DEFAULT_MAX_OPEN_UPLOADS),
    leastAge: Number(other.LEAST_AGE_YEARS ?? DEFAULT_LEAST_AGE),
    apiStartsPerMinute: Number(other.API_STARTS_PER_MINUTE ?? 20),
    alertmanagerUrl: other.ALERTMANAGER_URL?.replace(/\/+$/, ''),
    desk: {
      secondFactor: other.OPERATOR_SECOND_FACTOR !== 'false',
      sessionSeconds: Number(other.OPERATOR_SESSION_SECONDS ?? DEFAULT_SESSION_SECONDS),
      addresses: other.OPERATOR_ADDRESSES === undefined ? null : networksOf(other.OPERATOR_ADDRESSES)!,
      proxies: Number(other.OPERATOR_PROXIES ?? 0),
      temporalUiUrl: other.TEMPORAL_UI_URL?.replace(/\/+$/, ''),
      traceUrl: other.TRACE_URL,
    },
  };
}

let parsed: Config | undefined;

/** The configuration of this instance. Throws as parseConfig does. */
export function config(): Config {
  parsed ??= parseConfig({
    ...Object.fromEntries(Object.keys(params).map((name) => [name, process.env[name]])),
    ...Object.fromEntries(Object.entries(SECRETS).map(([name, secret]) => [name, secret.value()])),
    PROJECT_ID: projectID.value(),
  });
  return parsed;
}

/**
 * The URL of the OpenTelemetry collector; undefined for none. It is not read from `config()`, since an operator's command
 * starts workflows as the functions do and has none of their other settings.
 */
export function otlpEndpoint(): string | undefined {
  return params.OTEL_EXPORTER_OTLP_ENDPOINT.value().trim().replace(/\/+$/, '') || undefined;
}

/**
 * The key that signs an auditor's exports (Ed25519, PKCS #8 as DER in base64); undefined for none. Only the HTTP API's function
 * is given this secret.
 */
export function exportSigningKey(): string | undefined {
  const key = OPERATOR_EXPORT_KEY.value().trim();
  return key === '' || key === 'none' ? undefined : key;
}

/**
 * The build of the functions, with which scans are marked: APP_VERSION, or else the package's version. It is not read from
 * `config()`, for the reason that `otlpEndpoint` names.
 */
export function appVersion(): string {
  return params.APP_VERSION.value().trim() || manifest.version;
}

// This runs before an instance's first request, and not while `firebase deploy` loads the code to list its functions.
onInit(() => void config());
