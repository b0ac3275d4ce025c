/** Workers of a test's own, or of a file's: on a queue of their own, with a model of their own, and links to what they need. */

import { startModelStandIn } from '../../local/stand-ins/model-stand-in.ts';
import { signal } from '../../local/processes/marked.ts';
import type { Child } from '../../local/stack/child.ts';
import type { StackFile } from '../../local/stack/stack-file.ts';
import { modelAt } from '../e2e/model.ts';
import { startOwnWorker } from '../e2e/own-worker.ts';
import { type GrpcLink, openGrpcLink } from './grpc-link.ts';

/** A step takes a hundredth of the time that it takes with a real model. */
const PACE = 0.01;

export interface FleetWorker extends Child {
  /** Its way to Temporal. */
  readonly temporal: GrpcLink;
  /** Its way to Firestore. */
  readonly firestore: GrpcLink;
  /** Lets it take tasks; until then it is ready and gets none. */
  go(): void;
  /** SIGKILL. Resolves once it is gone. */
  kill(): Promise<void>;
}

export interface Fleet {
  readonly taskQueue: string;
  /** A model that nobody else asks: its faults strike this fleet's scans only. */
  readonly model: ReturnType<typeof modelAt>;
  readonly modelUrl: string;
  /** Resolves with a worker that waits for `go`. `settings` go before its usual environment. */
  start(settings?: Readonly<Record<string, string>>): Promise<FleetWorker>;
  /** Ends what is left. */
  close(): Promise<void>;
}

/** A fleet without a worker yet. */
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
        // One that is still starting is waited for, or it would outlive the test.
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
