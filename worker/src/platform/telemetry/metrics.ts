/**
 * The catalogue of the worker's metrics: names, labels and what each metric counts. Alert rules, dashboards and reports
 * use it.
 */

import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { TERMINAL_STATUSES } from '@reddyfit/shared/scan/statuses';

/** Times are in seconds (s); all other units name what is counted. */
type Unit =
  | 's'
  | '{scan}'
  | '{attempt}'
  | '{token}'
  | '{message}'
  | '{letter}'
  | '{chain}'
  | '{account}'
  | 'USD';

export interface MetricDefinition {
  /** OpenTelemetry name, as OTLP carries it. */
  readonly name: string;
  /** The metric's name on /metrics, where a time ends in `_seconds` and a counter in `_total`. */
  readonly prometheus: string;
  readonly kind: 'counter' | 'histogram' | 'gauge';
  readonly unit: Unit;
  readonly description: string;
  /** Label → its possible values, or a text that says what bounds them. Never the id of a user or a scan. */
  readonly labels: Readonly<Record<string, readonly string[] | string>>;
  /** Upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[];
}

/** How an attempt of a step ends. */
export const STEP_OUTCOMES = ['completed', 'retried', 'failed', 'canceled'] as const;
export type StepOutcome = (typeof STEP_OUTCOMES)[number];

/**
 * What happened to a message on one device. `sent`: FCM accepted it. `dead`: the token will never work again.
 * `refused`: FCM blames the server's credentials or the message. `busy`: the message must be sent again.
 */
export const PUSH_OUTCOMES = ['sent', 'dead', 'refused', 'busy'] as const;

/**
 * Result of one webhook request. `delivered`: a 2xx. `refused`: any other answer. `unreachable`: no answer. `gone`: a
 * 410, which ends the delivery at once.
 */
export const WEBHOOK_OUTCOMES = ['delivered', 'refused', 'unreachable', 'gone'] as const;
export type WebhookAttemptOutcome = (typeof WEBHOOK_OUTCOMES)[number];

/** Jobs that record each success in operations/{job}. */
export const JOBS = ['sweeper', 'archive', 'audit_verify', 'balance_verify'] as const;
export type Job = (typeof JOBS)[number];

/**
 * Durations of a scan (s): from a rejection by the worker's own checks to twenty minutes, with edges at 8 and 10 min,
 * which goals and alerts use.
 */
const SCAN_SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 720, 900, 1200];
/** Duration of one attempt of a step (s), up to ten minutes, the longest that an attempt may take. */
const STEP_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600];
/** Waits (s): fine where waits should be, with an edge at the minute at which an alert pages. */
const WAIT_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];
/** Buckets that the GenAI conventions advise (s). */
const MODEL_SECONDS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84,
];
/** Buckets that the GenAI conventions advise. */
const TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];

/** The Temporal SDK's latencies (s): of tasks, requests, activities and whole workflows. */
export const SDK_SECONDS = [
  0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1200,
];

const MODEL = {
  'gen_ai.operation.name': ['chat', 'embeddings'],
  'gen_ai.provider.name': ['openai', 'azure.ai.openai'],
  'gen_ai.request.model': 'what the environment names: one language model, one embedding model',
} as const;

const AGENTS = [...STEP_NAMES, 'memory'];
const ERROR_TYPE = 'a name of shared/src/errors.ts, or `canceled`; absent when it went well';

/**
 * The metrics. Each thing is counted once, where it happens: in an adapter or around an activity, never in a workflow,
 * since workflows replay.
 */
export const METRICS = {
  scans: {
    name: 'reddyfit.scans',
    prometheus: 'reddyfit_scans_total',
    kind: 'counter',
    unit: '{scan}',
    description: 'Scans that a workflow ended: final statuses that were written, each once.',
    labels: { outcome: TERMINAL_STATUSES },
  },
  scanDuration: {
    name: 'reddyfit.scan.duration',
    prometheus: 'reddyfit_scan_duration_seconds',
    kind: 'histogram',
    unit: 's',
    description: "From the client's request (createdAt) to the scan's final status.",
    labels: { outcome: TERMINAL_STATUSES },
    buckets: SCAN_SECONDS,
  },
  stepDuration: {
    name: 'reddyfit.step.duration',
    prometheus: 'reddyfit_step_duration_seconds',
    kind: 'histogram',
    unit: 's',
    description: 'One attempt of a step.',
    labels: { step: STEP_NAMES, outcome: STEP_OUTCOMES },
    buckets: STEP_SECONDS,
  },
  stepAttempts: {
    name: 'reddyfit.step.attempts',
    prometheus: 'reddyfit_step_attempts_total',
    kind: 'counter',
    unit: '{attempt}',
    description: 'Attempts of steps: `retried` failed and is made again, `failed` was the last.',
    labels: { step: STEP_NAMES, outcome: STEP_OUTCOMES },
  },
  modelDuration: {
    name: 'gen_ai.client.operation.duration',
    prometheus: 'gen_ai_client_operation_duration_seconds',
    kind: 'histogram',
    unit: 's',
    description: 'One request to a model.',
    labels: { ...MODEL, 'gen_ai.agent.name': AGENTS, 'error.type': ERROR_TYPE },
    buckets: MODEL_SECONDS,
  },
  modelTokens: {
    name: 'gen_ai.client.token.usage',
    prometheus: 'gen_ai_client_token_usage',
    kind: 'histogram',
    unit: '{token}',
    description: 'Tokens of one request to a model.',
    labels: { ...MODEL, 'gen_ai.agent.name': AGENTS, 'gen_ai.token.type': ['input', 'output'] },
    buckets: TOKENS,
  },
  modelCost: {
    name: 'reddyfit.model.cost_usd',
    prometheus: 'reddyfit_model_cost_usd_total',
    kind: 'counter',
    unit: 'USD',
    description:
      'What requests to models cost by shared/src/scan/prices.ts; a simulated model costs what it stands for.',
    labels: { agent: AGENTS, model: 'as gen_ai.request.model' },
  },
  queueWait: {
    name: 'reddyfit.queue.wait',
    prometheus: 'reddyfit_queue_wait_seconds',
    kind: 'histogram',
    unit: 's',
    description:
      'From the scheduling of an activity to its start on a worker, retries by their own schedule.',
    labels: { task_queue: 'the queues of a worker' },
    buckets: WAIT_SECONDS,
  },
  startWait: {
    name: 'reddyfit.start.wait',
    prometheus: 'reddyfit_start_wait_seconds',
    kind: 'histogram',
    unit: 's',
    description: "From the client's request (createdAt) to the start of the scan's workflow.",
    labels: {},
    buckets: WAIT_SECONDS,
  },
  pushes: {
    name: 'reddyfit.pushes',
    prometheus: 'reddyfit_pushes_total',
    kind: 'counter',
    unit: '{message}',
    description: 'Answers of FCM, one for each device that was sent to.',
    labels: { outcome: PUSH_OUTCOMES },
  },
  webhookAttempts: {
    name: 'reddyfit.webhook.attempts',
    prometheus: 'reddyfit_webhook_attempts_total',
    kind: 'counter',
    unit: '{attempt}',
    description: 'Requests to webhook endpoints.',
    labels: { outcome: WEBHOOK_OUTCOMES },
  },
  webhookDeadLetters: {
    name: 'reddyfit.webhook.dead_letters',
    prometheus: 'reddyfit_webhook_dead_letters_total',
    kind: 'counter',
    unit: '{letter}',
    description: 'Deliveries that were given up.',
    labels: {},
  },
  statusWriteLag: {
    name: 'reddyfit.status_write.lag',
    prometheus: 'reddyfit_status_write_lag_seconds',
    kind: 'histogram',
    unit: 's',
    description: "From a change of a scan's state in its workflow to the document that a client listens to.",
    labels: {},
    buckets: WAIT_SECONDS,
  },
  jobLastSuccess: {
    name: 'reddyfit.job.last_success.timestamp',
    prometheus: 'reddyfit_job_last_success_timestamp_seconds',
    kind: 'gauge',
    unit: 's',
    description:
      'When a job last succeeded (s since 1970); absent until it has. Every worker says the same: use max.',
    labels: { job: JOBS },
  },
  auditChainsBroken: {
    name: 'reddyfit.audit.chains_broken',
    prometheus: 'reddyfit_audit_chains_broken',
    kind: 'gauge',
    unit: '{chain}',
    description: 'Audit chains that the last verification found broken. Every worker says the same: use max.',
    labels: {},
  },
  accountsUnbalanced: {
    name: 'reddyfit.accounts.unbalanced',
    prometheus: 'reddyfit_accounts_unbalanced',
    kind: 'gauge',
    unit: '{account}',
    description:
      'Accounts whose credits the last verification found to be other than the sum of their ledger. Every worker says the same: use max.',
    labels: {},
  },
  archiveWatermark: {
    name: 'reddyfit.archive.watermark.timestamp',
    prometheus: 'reddyfit_archive_watermark_timestamp_seconds',
    kind: 'gauge',
    unit: 's',
    description:
      'Workflows that closed before this (s since 1970) are archived. Every worker says the same: use max.',
    labels: {},
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof METRICS;
