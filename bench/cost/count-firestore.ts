/**
 * Counts the documents that a running worker reads and writes, in the worker's own Firestore client. The inspector installs
 * the counter, so that an older commit, which knows nothing of it, is counted in the same way.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { within } from './deadline.ts';
import type { BenchStack } from './stack.ts';

export interface DocumentCount {
  readonly reads: number;
  readonly writes: number;
}

/** How long a worker may take to answer its inspector (ms); it is idle then. */
const ANSWER_MS = 60_000;

const CLIENT = 'node_modules/@google-cloud/firestore/build/src/v1/firestore_client.js';

/** This function runs in the worker. A query that finds nothing is billed as one read. */
function install(path: string, load: (path: string) => { FirestoreClient: { prototype: object } }): void {
  const count = { reads: 0, writes: 0 };
  Object.assign(globalThis, { documentCount: count });
  type Method = (this: unknown, ...args: unknown[]) => unknown;
  const methods = load(path).FirestoreClient.prototype as Record<string, Method>;
  for (const name of ['commit', 'batchWrite']) {
    const original = methods[name]!;
    methods[name] = function (...args) {
      count.writes += (args[0] as { writes?: unknown[] }).writes?.length ?? 0;
      return original.apply(this, args);
    };
  }
  for (const name of ['batchGetDocuments', 'runQuery', 'runAggregationQuery']) {
    const original = methods[name]!;
    methods[name] = function (...args) {
      const stream = original.apply(this, args) as { emit: (...args: unknown[]) => boolean };
      const { emit } = stream;
      let found = 0;
      // A second listener would start the flow of the stream before its reader listens, so `emit` is wrapped instead.
      stream.emit = function (...event) {
        const answer = event[1] as {
          document?: unknown;
          found?: unknown;
          missing?: unknown;
          result?: unknown;
        };
        if (event[0] === 'data' && (answer.document || answer.found || answer.missing || answer.result))
          found += 1;
        if (event[0] === 'end') count.reads += Math.max(1, found);
        return emit.apply(this, event);
      };
      return stream;
    };
  }
}

/** Starts to count. `read` resolves with the documents counted since then. */
export async function countDocuments({
  name,
  root,
  workerPid,
  workerLog,
}: BenchStack): Promise<{ read(): Promise<DocumentCount>; close(): Promise<void> }> {
  const before = readFileSync(workerLog, 'utf8').length;
  process.kill(workerPid, 'SIGUSR1');
  let url: string | undefined;
  for (let tries = 0; !url; tries += 1) {
    if (tries > 100)
      throw new Error('the worker opened no inspector: does another process listen on port 9229?');
    // oxlint-disable-next-line no-await-in-loop -- it waits
    await wait(100);
    url = /ws:\/\/\S+/.exec(readFileSync(workerLog, 'utf8').slice(before))?.[0];
  }
  const socket = new WebSocket(url);
  const answers = new Map<number, (value: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: unknown };
    if (id !== undefined) answers.get(id)?.(result);
  });
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  for (const news of ['close', 'error'])
    socket.addEventListener(news, () =>
      failed.reject(new Error(`the inspector of ${name} at ${url} has gone`)),
    );
  const ask = <Result>(what: string, answer: Promise<Result>) =>
    within(`${what} of ${name}`, ANSWER_MS, Promise.race([answer, failed.promise]));
  await ask(
    'the inspector',
    new Promise((resolve) => socket.addEventListener('open', resolve, { once: true })),
  );
  let id = 0;
  const evaluate = async (expression: string) => {
    id += 1;
    const answer = Promise.withResolvers<unknown>();
    answers.set(id, answer.resolve);
    const params = { expression, includeCommandLineAPI: true, returnByValue: true };
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    const { result, exceptionDetails } = (await ask('an answer by the inspector', answer.promise)) as {
      result: { value?: unknown };
      exceptionDetails?: { exception?: { description?: string } };
    };
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'the worker refused');
    return result.value;
  };
  await evaluate(`(${install.toString()})(${JSON.stringify(join(root, CLIENT))}, require)`);
  return {
    read: async () => (await evaluate('({ ...documentCount })')) as DocumentCount,
    async close() {
      // Closing the inspector frees its port for the next worker. `require` is provided by the inspector and no longer
      // defined after the expression has been evaluated: a timer that called it then would end the worker with a
      // ReferenceError.
      await evaluate("{ const own = require('node:inspector'); setTimeout(() => own.close(), 50); 0 }");
      socket.close();
      await wait(300);
    },
  };
}
