/** estimation: photos, subject and what is remembered of earlier scans, judged by the model. */

import type { EstimationResult } from '@reddyfit/shared/results';
import { createEstimationAgent } from '../agents/estimation.ts';
import { log } from '../logs.ts';
import type { Memory, Model, PhotoStore } from '../ports.ts';
import type { Activities } from './contract.ts';
import { preparePhotos, readPhotos } from './scan-photos.ts';

/** Memories shown to the model: enough for a course, few enough to stay a small part of the prompt. */
const MEMORIES = 5;

const QUERY = 'body composition: body fat, lean mass, weight';

/** Body composition of one scan. A memory that does not answer is done without. */
export function createEstimation(
  photos: PhotoStore,
  memory: Memory,
  model: Model,
  signal: () => AbortSignal,
) {
  const estimate = createEstimationAgent(model);
  return async ({
    scanId,
    userId,
    photoUrls,
    subject,
  }: Parameters<Activities['estimation']>[0]): Promise<EstimationResult> => {
    const recalled = memory.recall(userId, QUERY, MEMORIES, signal()).catch(() => {
      log('WARNING', 'memory_not_recalled', { scanId });
      return [];
    });
    const prepared = await preparePhotos(await readPhotos(photos, photoUrls));
    return estimate({ subject, memories: await recalled, photos: prepared }, signal());
  };
}
