/**
 * Loaded into firebase-tools before it starts. With it, a function's process takes several requests at once, as an
 * instance of the second generation does. Unchanged, the emulator starts another process for each concurrent request,
 * which costs a second of processor time and 150 MB, and a burst of scan events starts more processes than the machine
 * can run. Where the package differs from what is expected here, nothing is changed.
 */

import { createRequire } from 'node:module';

/** How many requests one process takes at once: the default of Cloud Functions. */
const CONCURRENCY = 80;

interface RuntimeWorker {
  readonly state: string;
  request(...request: unknown[]): Promise<void>;
}

interface WorkerModule {
  readonly RuntimeWorker?: { readonly prototype: RuntimeWorker };
  readonly RuntimeWorkerPool?: {
    readonly prototype: {
      getIdleWorker(triggerId: string, runtime: unknown): RuntimeWorker | undefined;
      getTriggerWorkers(triggerId: string, runtime: unknown): RuntimeWorker[];
    };
  };
}

try {
  const require = createRequire(import.meta.url);
  const path = require.resolve('firebase-tools/lib/emulator/functionsRuntimeWorker.js');
  const { RuntimeWorker, RuntimeWorkerPool } = require(path) as WorkerModule;
  const worker = RuntimeWorker?.prototype;
  const pool = RuntimeWorkerPool?.prototype;
  if (worker && pool) {
    const { request } = worker;
    const { getIdleWorker } = pool;
    const underWay = new WeakMap<RuntimeWorker, number>();
    const requestsOf = (each: RuntimeWorker) => underWay.get(each) ?? 0;

    worker.request = async function (...args) {
      underWay.set(this, requestsOf(this) + 1);
      try {
        await request.apply(this, args);
      } finally {
        underWay.set(this, requestsOf(this) - 1);
      }
    };
    pool.getIdleWorker = function (triggerId, runtime) {
      const idle = getIdleWorker.call(this, triggerId, runtime);
      if (idle) return idle;
      const busy = this.getTriggerWorkers(triggerId, runtime).filter(({ state }) => state === 'BUSY');
      const [least] = busy.sort((a, b) => requestsOf(a) - requestsOf(b));
      return least && requestsOf(least) < CONCURRENCY ? least : undefined;
    };
  }
} catch {
  // Without the change the emulator is slower, and works as well.
}
