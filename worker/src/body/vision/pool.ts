/** The threads that look at photos: a queue before a few of them. */

import { once } from 'node:events';
import { extname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Answer } from './vision-thread.ts';
import type { LookRequest, Sighting } from './look.ts';

/** What waits for whom: a gate's looks go before a ruler's, who leaves one thread to them: a user waits for the verdict. */
export type Urgency = 'gate' | 'ruler';

export interface Vision {
  /** Looks at one photo. Throws a plain Error when it cannot be decoded, or the signal's reason. */
  look(request: LookRequest, urgency: Urgency, signal?: AbortSignal): Promise<Sighting>;
  /** Ends the threads; looks that are under way fail. */
  close(): Promise<void>;
}

/** Each holds its own copy of the models, about 100 MiB. */
const THREADS = 2;

/** A scan's gate and ruler begin together: a ruler waits this long (ms), so that a gate a little behind it finds the threads free. */
const HEAD_START_MS = 200;

/** A look leaves megabytes of pixels behind: a small heap is swept often. */
const HEAP = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 96 } as const;

/** vision-thread lies beside this file, as source and as built. */
function threadFile(): string {
  return join(import.meta.dirname, `vision-thread${extname(import.meta.filename)}`);
}

const ended = () => new Error('the threads that look at photos have ended');

interface Waiting {
  readonly request: LookRequest;
  readonly urgency: Urgency;
  readonly resolve: (sighting: Sighting) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  doing: Waiting | undefined;
}

/** Resolves once every thread has loaded its models. Throws when one can't. */
export async function createVision(threads = THREADS): Promise<Vision> {
  const queue: Waiting[] = [];
  const all: Thread[] = Array.from({ length: threads }, start);
  let closed = false;
  // The first message of a thread says that it is ready; an error before it is thrown here.
  await Promise.all(all.map(({ worker }) => once(worker, 'message')));
  for (const { worker } of all) worker.unref();

  function start(): Thread {
    const thread: Thread = { worker: new Worker(threadFile(), { resourceLimits: HEAP }), doing: undefined };
    thread.worker.on('message', ({ sighting, problem }: Answer) => {
      const { doing } = thread;
      // A thread that replaces another may be given a look before it says that it is ready.
      if (!doing || (!sighting && problem === undefined)) return;
      thread.doing = undefined;
      // Idle threads keep no process alive.
      thread.worker.unref();
      if (sighting) doing.resolve(sighting);
      else doing.reject(new Error(problem));
      next();
    });
    // A thread that dies takes one look with it, and is replaced.
    thread.worker.on('error', (error) => replace(thread, error));
    return thread;
  }

  function replace(thread: Thread, error: unknown): void {
    thread.doing?.reject(error);
    if (closed) return;
    all[all.indexOf(thread)] = start();
    next();
  }

  function next(): void {
    const idle = all.filter(({ doing }) => !doing);
    for (const thread of idle) {
      const urgent = queue.findIndex(({ urgency }) => urgency === 'gate');
      // The last idle thread is kept for gates: a look that is under way can't be put aside.
      const busy = all.filter(({ doing }) => doing).length;
      if (urgent < 0 && busy > 0 && busy === all.length - 1) return;
      const [waiting] = queue.splice(Math.max(0, urgent), 1);
      if (!waiting) return;
      thread.doing = waiting;
      thread.worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      thread.worker.postMessage(waiting.request);
    }
  }

  /** Rejects with the signal's reason. */
  async function headStart(signal: AbortSignal | undefined): Promise<void> {
    await wait(HEAD_START_MS, undefined, signal && { signal }).catch(() => undefined);
    signal?.throwIfAborted();
    if (closed) throw ended();
  }

  return {
    async look(request, urgency, signal) {
      signal?.throwIfAborted();
      if (urgency === 'ruler') await headStart(signal);
      return new Promise<Sighting>((resolve, reject) => {
        const waiting: Waiting = { request, urgency, resolve, reject };
        signal?.addEventListener(
          'abort',
          () => {
            // One that is under way ends unheard, within a second.
            const at = queue.indexOf(waiting);
            if (at >= 0) queue.splice(at, 1);
            reject(signal.reason);
          },
          { once: true },
        );
        queue.push(waiting);
        next();
      });
    },
    async close() {
      closed = true;
      await Promise.all(all.map(({ worker }) => worker.terminate()));
      for (const { reject } of queue.splice(0)) reject(ended());
    },
  };
}
