/** What the functions are configured with: parameters and secrets, parsed once, with every problem named at once. */

import { DEFAULT_GRANTS_PER_DAY } from '@reddyfit/shared/account/credits';
import { DEFAULT_LEAST_AGE } from '@reddyfit/shared/account/users';
import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { defaultBucket } from '@reddyfit/shared/scan/photos';
import { DEFAULT_MAX_OPEN_UPLOADS } from '@reddyfit/shared/scan/uploads';
import { DESK_LIMITS, deskLimitsOf } from '@reddyfit/shared/operator/limits';
import { DEFAULT_TEMPORAL_ADDRESS, isLoopback, temporalSettings } from '@reddyfit/shared/temporal/settings';
import { DEFAULT_TIME_LIMIT_SECONDS } from '@reddyfit/shared/temporal/workflows';
import { projectID } from 'firebase-functions/params';
import { onInit } from 'firebase-functions/v2/core';
import { z } from 'zod';
import { networksOf } from './networks.ts';
import { DEFAULT_SESSION_SECONDS, OPERATOR_EXPORT_KEY, PARAMS, SECRETS } from './params.ts';
import manifest from '../../package.json' with { type: 'json' };

/** Raw values by their environment name; absent and empty mean the same. */
export type ConfigValues = Partial<Record<keyof typeof PARAMS | keyof typeof SECRETS | 'PROJECT_ID', string>>;

/** What the parameters and secrets come to. PARAMS says of each what it is for. */
export type Config = ReturnType<typeof parseConfig>;

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

const flag = z.enum(['true', 'false'], 'must be true or false').optional();
const text = (pattern: RegExp, problem: string) => z.string().regex(pattern, problem).optional();
const readable = (read: (value: string) => unknown, problem: string) =>
  z
    .string()
    .refine((value) => read(value) !== undefined, problem)
    .optional();
const url = text(/^https?:\/\/[^?#]+$/, 'must be an http(s) URL');
const count = text(/^[1-9][0-9]{0,8}$/, 'must be a whole number above 0');
const secondsOfADay = z
  .string()
  .refine(
    (value) => /^[1-9][0-9]{0,5}$/.test(value) && Number(value) <= 86_400,
    'must be a whole number of seconds above 0, a day at most',
  )
  .optional();

const otherSettings = z.object({
  STORAGE_BUCKET: text(/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/, 'must be a bucket name, without gs://'),
  STORAGE_API_ENDPOINT: text(/^https?:\/\/[^/?#]+$/, 'must be http(s)://host[:port], without a path'),
  SPECULATIVE_ESTIMATION: flag,
  ENFORCE_APP_CHECK: flag,
  EVENT_MAX_AGE_SECONDS: text(/^[1-9][0-9]{0,8}$/, 'must be a whole number of seconds above 0'),
  SCAN_TIME_LIMIT_SECONDS: secondsOfADay,
  APP_VERSION: text(/^[A-Za-z0-9._+-]{1,64}$/, 'must be letters, digits, ., _, + or -, 64 at most'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  GRANT_CREDITS_PER_DAY: count,
  MAX_OPEN_UPLOADS: text(/^[1-9][0-9]{0,3}$/, 'must be a whole number from 1 to 9999'),
  LEAST_AGE_YEARS: text(/^([1-9]|[1-9][0-9])$/, 'must be a whole number of years from 1 to 99'),
  API_STARTS_PER_MINUTE: count,
  OPERATOR_SECOND_FACTOR: flag,
  OPERATOR_SESSION_SECONDS: secondsOfADay,
  OPERATOR_LIMITS: readable(
    deskLimitsOf,
    `must be limits as find:60,export:2, of ${Object.keys(DESK_LIMITS).join(', ')}`,
  ),
  OPERATOR_ADDRESSES: readable(
    networksOf,
    'must be addresses or networks as 203.0.113.7 or 203.0.113.0/24, with commas',
  ),
  TEMPORAL_UI_URL: url,
  TRACE_URL: text(/^https?:\/\/.*\{traceId\}/, 'must be an http(s) URL with {traceId} in it'),
  ALERTMANAGER_URL: url,
  OPERATOR_PROXIES: text(/^[0-9]$/, 'must be a whole number from 0 to 9'),
});

/** Parses raw values. Throws one Error that names every problem, and quotes no value. */
export function parseConfig(values: ConfigValues) {
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
    /** Photo bucket, without gs://. */
    bucket: other.STORAGE_BUCKET ?? defaultBucket(raw.PROJECT_ID!),
    /** Undefined for Google's. */
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
      limits: deskLimitsOf(other.OPERATOR_LIMITS ?? '')!,
      /** Null for all. */
      addresses: other.OPERATOR_ADDRESSES === undefined ? null : networksOf(other.OPERATOR_ADDRESSES)!,
      proxies: Number(other.OPERATOR_PROXIES ?? 0),
      temporalUiUrl: other.TEMPORAL_UI_URL?.replace(/\/+$/, ''),
      /** With `{traceId}` in place of a trace's id. */
      traceUrl: other.TRACE_URL,
    },
  };
}

let parsed: Config | undefined;

/** The configuration of this instance. Throws as parseConfig does. */
export function config(): Config {
  parsed ??= parseConfig({
    ...Object.fromEntries(Object.keys(PARAMS).map((name) => [name, process.env[name]])),
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
  return PARAMS.OTEL_EXPORTER_OTLP_ENDPOINT.value().trim().replace(/\/+$/, '') || undefined;
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
  return PARAMS.APP_VERSION.value().trim() || manifest.version;
}

// This runs before an instance's first request, and not while `firebase deploy` loads the code to list its functions.
onInit(() => void config());
