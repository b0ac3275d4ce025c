/**
 * The process that examines photos, one at a time. It runs apart from the worker so that no file can block the worker
 * or fill its memory, and it can be ended at any moment. This file lies beside examiner-process.ts as source and beside
 * main.js as built. The process knows nothing of accounts, keys or the network.
 */

import { flushCompileCache } from 'node:module';
import { extname, join } from 'node:path';
import sharp from 'sharp';
import type { Examination, ExaminationRequest } from './examination.ts';
import { type Figure, lookAtPhoto, outlineFigure, releaseFigure } from './examine-photo.ts';
import { loadModels } from './models.ts';
import type { Silhouette } from './silhouette.ts';

/**
 * What the process is asked for, photo by photo: to look at one, whose figure it then keeps under the photo's number, and to
 * outline or to release that figure. A release is not answered.
 */
export type ExaminerTask =
  | { readonly task: 'look'; readonly photo: number; readonly request: ExaminationRequest }
  | { readonly task: 'outline'; readonly photo: number }
  | { readonly task: 'release'; readonly photo: number };

/**
 * The messages of the process: it is ready, the photo's pixels are decoded, or the look or the outline has ended. `keeps` says
 * that somebody in the photo may be outlined.
 */
export type ExaminerNews =
  | { readonly news: 'ready' }
  | { readonly news: 'decoded' }
  | { readonly news: 'looked'; readonly examination: Examination; readonly keeps: boolean }
  | { readonly news: 'outlined'; readonly silhouette: Silhouette | undefined }
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

const figures = new Map<number, Figure>();

function taken(photo: number): Figure | undefined {
  const figure = figures.get(photo);
  figures.delete(photo);
  return figure;
}

async function look(photo: number, request: ExaminationRequest): Promise<ExaminerNews> {
  const { examination, figure } = await lookAtPhoto(models, request, () => say({ news: 'decoded' }));
  if (figure) figures.set(photo, figure);
  return { news: 'looked', examination, keeps: figure !== undefined };
}

async function outline(photo: number): Promise<ExaminerNews> {
  const figure = taken(photo);
  if (!figure) throw new Error('nobody is kept of this photo');
  return { news: 'outlined', silhouette: await outlineFigure(models, figure) };
}

process.on('message', async (message: ExaminerTask) => {
  const { photo } = message;
  if (message.task === 'release') {
    const figure = taken(photo);
    if (figure) releaseFigure(figure);
    return;
  }
  try {
    say(await (message.task === 'look' ? look(photo, message.request) : outline(photo)));
  } catch (error) {
    say({ news: 'failed', problem: error instanceof Error ? error.message : String(error) });
  }
});
say({ news: 'ready' });
// Node keeps compiled code when a process exits, but this one is ended by a signal. Does nothing where no code is kept.
flushCompileCache();
