/** Starts the whole stack of an instance; parts that do not need each other start at the same time. */

import { DEFAULT_TASK_QUEUE } from '@reddyfit/shared/names/ids';
import { defaultArchiveBucket } from '@reddyfit/shared/audit/archive';
import { defaultBucket } from '@reddyfit/shared/scan/photos';
import { provisionMonitoring, provisionStack } from '../provision/provision.ts';
import type { Child } from './child.ts';
import { callersModel } from './environment.ts';
import { buildFunctions, buildWeb, bundleWorkflows } from './builds.ts';
import { seatOperators } from './seat-operators.ts';
import { creditNewUsers } from './credit-new-users.ts';
import { startCodecServer } from './parts/codec-server.ts';
import { startFirebase } from './parts/firebase.ts';
import { startFcm, startModel } from './parts/stand-ins.ts';
import { type MonitoringOptions, startMonitoring } from './parts/monitoring.ts';
import { scheduledFunctions, startScheduled } from './parts/scheduled-functions.ts';
import { makeSchedules } from './parts/schedules.ts';
import { startStorage } from './parts/storage.ts';
import { startTemporal, TEMPORAL_NAMESPACE } from './parts/temporal.ts';
import { startWeb } from './parts/web.ts';
import { startWebhookReceiver } from './parts/webhook-receiver.ts';
import { DRAIN_SECONDS, startWorker } from './parts/workers.ts';
import { loopback, reservePorts, USUAL_PORTS, type Part } from './ports.ts';
import { openProcessTree, type ProcessTree } from './process-tree.ts';
import { createTopic } from './pubsub-topic.ts';
import { defaultInstance, projectIdOf, type StackFile, writeStack } from './stack-file.ts';
import type { Starting } from './starting.ts';
import { warmFunctions } from './warm-functions.ts';

const REGION = 'us-central1';
const WORKER_HEALTH_PORT = 9700;
const WORKER_METRICS_PORT = 9464;
const MONITORING_PORTS = { prometheus: 9090, alertmanager: 9093 };

/** Workers drain first, while everything they need still answers. */
const STOP_STAGES = [
  { members: /^worker-/, graceMs: (DRAIN_SECONDS + 5) * 1000 },
  { members: /^firebase$/, graceMs: 15_000 },
  { members: /^temporal$/, graceMs: 10_000 },
  {
    members: /^(codec-server|storage|model|fcm|webhook-receiver|web|prometheus|alertmanager)$/,
    graceMs: 5000,
  },
];

export interface StackOptions {
  /** Instance name; `default` when absent. */
  readonly instance?: string;
  /** Scales the model stand-in's step times; 1 = the seed's seconds. Default 0.02. */
  readonly pace?: number;
  /** The number of workers; the end of one of them ends the stack. Default 1. */
  readonly workers?: number;
  /** Asks the model that the caller's OPENAI_* or AZURE_OPENAI_* variables name, instead of the stand-in. */
  readonly openai?: boolean;
  /**
   * Whether the model, too, estimates body fat, or the measurement stands alone. Default: `model` only with `openai`,
   * since the stand-in invents its estimates.
   */
  readonly visualEstimate?: 'model' | 'off';
  /** An OpenTelemetry collector (OTLP over HTTP) for the functions' and the workers' traces, and the workers' metrics. */
  readonly otlpEndpoint?: string;
  /**
   * Whether scheduled functions run at their times, as in production. Default true; tests turn it off and run the
   * functions themselves.
   */
  readonly scheduled?: boolean;
  /**
   * Serves the web client and the operator's desk, creates an operator's account for each role, and gives each new user a
   * few credits. Default false: tests make their own users.
   */
  readonly web?: boolean;
  /** Watches the stack with Prometheus and Alertmanager. */
  readonly monitoring?: MonitoringOptions;
  /** Values of the functions' params besides those that name the stack's addresses. */
  readonly functionsParams?: Readonly<Record<string, string>>;
  /**
   * Resolves with the address (host:port) by which the functions reach the Temporal server at `address`. Default:
   * `address`.
   */
  readonly functionsTemporal?: (address: string) => Promise<string>;
  /** Names of parts whose end does not end the stack, for callers that end them on purpose. */
  readonly mayEnd?: readonly string[];
  /** Aborts the start. */
  readonly signal?: AbortSignal;
  /** Called when a part is ready, with the seconds since its start began. */
  readonly onReady?: OnReady;
}

type OnReady = (part: string, seconds: number) => void;

export interface RunningStack {
  readonly addresses: StackFile;
  /** Resolves with the reason when a part ended by itself, after everything else has been ended, too. */
  readonly died: Promise<Error>;
  /**
   * Starts one more worker. Unlike the end of the first workers, its end does not end the stack, so a caller can kill it.
   */
  addWorker(): Promise<Child>;
  /** Ends everything in order and removes stack.json. A second call returns the same promise. */
  stop(): Promise<void>;
}

/**
 * Resolves once everything answers and stack.json is written. Throws, with nothing left running, when a part does not
 * start or a stack of this instance runs already.
 */
export async function startStack(options: StackOptions = {}): Promise<RunningStack> {
  const { instance = defaultInstance } = options;
  const tree = await openProcessTree(instance, STOP_STAGES, options.signal);
  try {
    const { addresses, addWorker } = await startParts(tree, instance, options);
    writeStack(instance, addresses);
    return { addresses, addWorker, died: diedOf(tree), stop: tree.end };
  } catch (error) {
    await tree.end();
    throw error;
  }
}

async function startParts(
  tree: ProcessTree,
  instance: string,
  options: StackOptions,
): Promise<Pick<RunningStack, 'addresses' | 'addWorker'>> {
  const { pace = 0.02, workers = 1, otlpEndpoint, mayEnd: expendable = [], onReady = () => {} } = options;
  const { dir, logs, signal } = tree;
  const run: Starting['run'] = (part) =>
    tree.run({ ...part, mayEnd: part.mayEnd || expendable.includes(part.name) });
  const realModel = options.openai ? callersModel(process.env) : null;
  const servers = await provisionStack({ signal });
  const { ports, release } = await reservePorts(USUAL_PORTS);
  tree.atEnd(release);

  const projectId = projectIdOf(instance);
  const bucket = defaultBucket(projectId);
  const archiveBucket = defaultArchiveBucket(projectId);
  const at = (part: Part) => loopback(ports[part]);
  const starting: Starting = { projectId, bucket, archiveBucket, dir, logs, ports, servers, signal, run };
  const model = realModel ?? {
    OPENAI_BASE_URL: `http://${at('model')}/v1`,
    OPENAI_API_KEY: 'local',
    OPENAI_MODEL: 'local-simulator',
  };

  const visualEstimate = options.visualEstimate ?? (realModel ? 'model' : 'off');
  const monitoring = options.monitoring && (await monitoringOf(tree, options.monitoring, onReady));
  const watched: string[] = [];
  const worker = async (number: number, mayEnd: boolean) => {
    const reserved = await reservePorts({ health: WORKER_HEALTH_PORT, metrics: WORKER_METRICS_PORT });
    tree.atEnd(reserved.release);
    const { health: healthPort, metrics: metricsPort } = reserved.ports;
    const child = await startWorker(starting, {
      number,
      healthPort,
      metricsPort,
      otlpEndpoint,
      model,
      visualEstimate,
      mayEnd,
    });
    const metrics = `http://${loopback(metricsPort)}/metrics`;
    watched.push(metrics);
    monitoring?.watch(watched);
    return { child, metrics };
  };

  const functionsStarted = async () => {
    await timed('functions build', onReady, buildFunctions(signal));
    const temporal = await options.functionsTemporal?.(at('temporal'));
    const params = {
      ...(otlpEndpoint && { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint }),
      ...(monitoring && { ALERTMANAGER_URL: monitoring.alertmanager }),
      ...options.functionsParams,
      ...(temporal && { TEMPORAL_ADDRESS: temporal }),
    };
    await timed('firebase', onReady, startFirebase(starting, params));
    const functions = at('functions');
    await Promise.all([
      createTopic(at('pubsub'), projectId),
      timed('webhook receiver', onReady, startWebhookReceiver(starting)),
      timed('functions', onReady, warmFunctions({ functions, projectId, region: REGION, signal })),
    ]);
  };
  const workersStarted = async () => {
    await Promise.all([
      timed('workflow bundle', onReady, bundleWorkflows(signal)),
      timed('temporal', onReady, startTemporal(starting)),
    ]);
    await makeSchedules(starting);
    return Promise.all(range(workers).map((n) => timed(`worker ${n}`, onReady, worker(n, false))));
  };
  const webStarted = async () => {
    await buildWeb(signal);
    await startWeb(starting);
  };
  const [firstWorkers] = await allOrFail(tree, [
    workersStarted(),
    functionsStarted(),
    timed('codec server', onReady, startCodecServer(starting)),
    timed('storage', onReady, startStorage(starting)),
    timed('fcm', onReady, startFcm(starting)),
    realModel === null ? timed('model', onReady, startModel(starting, pace)) : undefined,
    options.web ? timed('web client', onReady, webStarted()) : undefined,
  ]);

  const addresses = {
    ...(options.web && { web: `http://${at('web')}` }),
    projectId,
    region: REGION,
    bucket,
    archiveBucket,
    firestore: at('firestore'),
    auth: at('auth'),
    functions: at('functions'),
    pubsub: at('pubsub'),
    hub: at('hub'),
    storage: `http://${at('storage')}`,
    temporal: at('temporal'),
    temporalUi: `http://${at('temporalUi')}`,
    codecServer: `http://${at('codecServer')}`,
    temporalNamespace: TEMPORAL_NAMESPACE,
    taskQueue: DEFAULT_TASK_QUEUE,
    model: realModel === null ? `http://${at('model')}` : addressOf(realModel),
    fcm: `http://${at('fcm')}`,
    webhookReceiver: `http://${at('webhookReceiver')}`,
    workerPids: firstWorkers.map(({ child }) => child.pid),
    metrics: firstWorkers.map(({ metrics }) => metrics),
    ...(monitoring && { prometheus: monitoring.prometheus, alertmanager: monitoring.alertmanager }),
  };
  if (options.scheduled !== false) tree.atEnd(startScheduled(scheduledFunctions(), addresses, logs));
  if (options.web) {
    tree.atEnd(creditNewUsers(addresses));
    await seatOperators(addresses);
  }
  let last = workers;
  return { addresses, addWorker: async () => (await worker(++last, true)).child };
}

async function monitoringOf(tree: ProcessTree, options: MonitoringOptions, onReady: OnReady) {
  const servers = await provisionMonitoring({ signal: tree.signal });
  const { ports, release } = await reservePorts(MONITORING_PORTS);
  tree.atEnd(release);
  return timed('monitoring', onReady, startMonitoring(tree, servers, ports, options));
}

/** Waits until all parts have settled. A part that fails makes the others stop; its error is then thrown. */
async function allOrFail<Parts extends readonly unknown[]>(
  tree: ProcessTree,
  parts: readonly [...{ [Index in keyof Parts]: Promise<Parts[Index]> | Parts[Index] }],
): Promise<Parts> {
  const watched = parts.map(async (part) => {
    try {
      return await part;
    } catch (error) {
      tree.fail(error);
      throw error;
    }
  });
  await Promise.allSettled(watched);
  tree.signal.throwIfAborted();
  return (await Promise.all(watched)) as unknown as Parts;
}

async function diedOf(tree: ProcessTree): Promise<Error> {
  await new Promise<void>((resolve) => {
    if (tree.signal.aborted) resolve();
    else tree.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await tree.end();
  return tree.signal.reason as Error;
}

async function timed<Result>(part: string, onReady: OnReady, work: Promise<Result>): Promise<Result> {
  const begun = performance.now();
  const result = await work;
  onReady(part, (performance.now() - begun) / 1000);
  return result;
}

/** 1 to n. */
function range(n: number): number[] {
  return Array.from({ length: n }, (_, index) => index + 1);
}

/** The base URL of a real model's settings, without `/v1`. */
function addressOf(model: Readonly<Record<string, string>>): string {
  const url = model.AZURE_OPENAI_ENDPOINT ?? model.OPENAI_BASE_URL ?? 'https://api.openai.com';
  return url.replace(/\/(v1)?\/?$/, '');
}
