/** What a deployment is asked for: the functions' parameters and secrets. What they come to is read in config.ts. */

import { DEFAULT_GRANTS_PER_DAY } from '@reddyfit/shared/account/credits';
import { DEFAULT_LEAST_AGE } from '@reddyfit/shared/account/users';
import { DEFAULT_TASK_QUEUE } from '@reddyfit/shared/names/ids';
import { DEFAULT_MAX_OPEN_UPLOADS } from '@reddyfit/shared/scan/uploads';
import { DEFAULT_TEMPORAL_ADDRESS } from '@reddyfit/shared/temporal/settings';
import { DEFAULT_TIME_LIMIT_SECONDS } from '@reddyfit/shared/temporal/workflows';
import { defineBoolean, defineInt, defineSecret, defineString } from 'firebase-functions/params';
import { setGlobalOptions } from 'firebase-functions/v2/options';

/** Where the functions run. */
export const REGION = 'us-central1';

/** Eight hours: a working day. */
export const DEFAULT_SESSION_SECONDS = 28_800;

/** The parameters, by their environment names. */
export const PARAMS = {
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
  OPERATOR_LIMITS: defineString('OPERATOR_LIMITS', {
    default: '',
    description:
      'How often one operator may use parts of the desk, where it is not as usual: find:60,export:2. Empty: as usual.',
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
