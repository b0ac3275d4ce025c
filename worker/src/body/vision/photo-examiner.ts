/**
 * The process that examines photos, one at a time. It runs apart from the worker so that no file can block the worker
 * or fill its memory, and it can be ended at any moment. This file lies beside examiner-process.ts as source and beside
 * main.js as built. The process knows nothing of accounts, keys or the network.
 */

import { extname, join } from 'node:path';
import sharp from 'sharp';
import { type Examination, type ExaminationRequest, examinePhoto } from './examine-photo.ts';
import { loadModels } from './models.ts';

/** The messages of the process: it is ready, the photo's pixels are decoded, or the examination has ended. */
export type ExaminerNews =
  | { readonly news: 'ready' }
  | { readonly news: 'decoded' }
  | { readonly news: 'examined'; readonly examination: Examination }
  | { readonly news: 'failed'; readonly problem: string };

// No photo is opened twice, and a process has one processor, so caches and further threads would only take memory.
sharp.cache(false);
sharp.concurrency(1);

// The process ignores these signals, because the worker ends it. A terminal sends its signals to every process, and a
// worker that drains still has photos to examine.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// The worker has ended, for whatever reason.
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
