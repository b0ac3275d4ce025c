/** Workers of a test or of a file: on their own queue, with their own model, and with links to the servers that they need. */

import { startModelStandIn } from '../../local/stand-ins/model-stand-in.ts';
import { signal } from '../../local/processes/marked.ts';
import type { Child } from '../../local/stack/child.ts';
import type { StackFile } from '../../local/stack/stack-file.ts';
import { modelAt } from '../e2e/model.ts';
import { startOwnWorker } from '../e2e/own-worker.ts';
import { type GrpcLink, openGrpcLink } from './grpc-link.ts';

/** The model stand-in takes a hundredth of the time that a real model takes for a step. */
const PACE = 0.01;

export interface FleetWorker extends Child {
  /** The link by which the worker reaches Temporal. */
  readonly temporal: GrpcLink;
  /** The link by which the worker reaches Firestore. */
  readonly firestore: GrpcLink;
  /** Lets the worker poll. Until then it is ready and receives no task. */
  go(): void;
  /** Sends SIGKILL. Resolves once the worker has ended. */
  kill(): Promise<void>;
}

export interface Fleet {
  readonly taskQueue: string;
  /** Controls of a model stand-in that only this fleet uses, so that its faults strike only this fleet's scans. */
  readonly model: ReturnType<typeof modelAt>;
  readonly modelUrl: string;
  /** Resolves with a worker that waits for `go`. `settings` take precedence over its usual environment. */
  start(settings?: Readonly<Record<string, string>>): Promise<FleetWorker>;
  /** Ends the workers that still run, and the model stand-in. */
  close(): Promise<void>;
}

/** A fleet that has no worker yet. */
export async function openFleet(stack: StackFile, taskQueue: string): Promise<Fleet> {
  const model = await startModelStandIn({ pace: PACE });
  const workers: Promise<FleetWorker>[] = [];
  async function start(name: string, settings: Readonly<Record<string, string>>): Promise<FleetWorker> {
    const [temporal, firestore] = await Promise.all([
      openGrpcLink(stack.temporal),
      openGrpcLink(stack.firestore),
    ]);
    const waiting = temporal.strike({ path: '/Poll', fate: 'hold request', times: Infinity });
    const child = await startOwnWorker(stack, taskQueue, name, {
      env: {
        TEMPORAL_ADDRESS: temporal.address,
        FIRESTORE_EMULATOR_HOST: firestore.address,
        OPENAI_BASE_URL: `${model.url}/v1`,
        ...settings,
      },
    });
    return {
      ...child,
      temporal,
      firestore,
      go: waiting.release,
      async kill() {
        signal(-child.pid, 'SIGKILL');
        await child.ended;
      },
    };
  }
  return {
    taskQueue,
    model: modelAt(model.url),
    modelUrl: model.url,
    start(settings = {}) {
      const worker = start(`${taskQueue}-${workers.length + 1}`, settings);
      workers.push(worker);
      return worker;
    },
    async close() {
      await Promise.all(
        // A worker that is still starting is awaited, since it would otherwise outlive the test.
        workers.map(async (starting) => {
          const worker = await starting.catch(() => undefined);
          if (!worker) return;
          await worker.kill();
          await Promise.all([worker.temporal.close(), worker.firestore.close()]);
        }),
      );
      await model.stop();
    },
  };
}
