/**
 * A process that examines photos, one at a time: no file can hold or fill the worker itself, and it can be ended at any moment. It lies
 * beside examiner-process.ts as source and beside main.js as built, and knows nothing of accounts, keys or the network.
 */

import { extname, join } from 'node:path';
import sharp from 'sharp';
import { type Examination, type ExaminationRequest, examinePhoto } from './examine-photo.ts';
import { loadModels } from './models.ts';

/** What the process says: that it is ready, that the pixels of the photo are there, and what came of it. */
export type ExaminerNews =
  | { readonly news: 'ready' }
  | { readonly news: 'decoded' }
  | { readonly news: 'examined'; readonly examination: Examination }
  | { readonly news: 'failed'; readonly problem: string };

// No photo is opened twice, and a process has one processor: caches and further threads would only take memory.
sharp.cache(false);
sharp.concurrency(1);

// The worker ends it. A terminal sends its signals to every process, and a worker that drains still has photos to examine.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// The worker is gone, however it went.
process.on('disconnect', () => process.exit());

const say = (news: ExaminerNews) => process.send!(news);
const models = await loadModels(
  extname(import.meta.filename) === '.ts' ? join(import.meta.dirname, '../..') : import.meta.dirname,
);

process.on('message', async (request: ExaminationRequest) => {
  try {
    const examination = await examinePhoto(models, request, () => say({ news: 'decoded' }));
    say({ news: 'examined', examination });
  } catch (error) {
    say({ news: 'failed', problem: error instanceof Error ? error.message : String(error) });
  }
});
say({ news: 'ready' });
