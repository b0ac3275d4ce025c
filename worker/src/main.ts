/**
 * The worker process. The process that examines photos starts before anything else is loaded, so that its networks load while this
 * one loads clients of servers, which takes most of a start.
 */

import { createPhotoExaminer } from './body/vision/examiner-pool.ts';

const examiner = createPhotoExaminer();
const { runWorker } = await import('./run-worker.ts');
await runWorker(examiner);
