/** A thread that looks at photos, so that no look blocks the worker's event loop. It lies beside pool.ts as source, and beside main.js as built. */

import { extname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { look, type LookRequest, type Sighting } from './look.ts';
import { loadModels } from './models.ts';

/** What a thread says: nothing once it is ready, then an answer to each request, one at a time. */
export interface Answer {
  readonly sighting?: Sighting;
  readonly problem?: string;
}

// No photo is opened twice, and a thread has the processor to itself: caches and further threads would only take memory.
sharp.cache(false);
sharp.concurrency(1);

const port = parentPort!;
const answer = (message: Answer) => port.postMessage(message);
const models = await loadModels(
  extname(import.meta.filename) === '.ts' ? join(import.meta.dirname, '../..') : import.meta.dirname,
);

port.on('message', async (request: LookRequest) => {
  try {
    answer({ sighting: await look(models, request) });
  } catch (error) {
    answer({ problem: error instanceof Error ? error.message : String(error) });
  }
});
answer({});
