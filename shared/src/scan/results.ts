/** `results` of a scan document: each part appears as its step completes. */

import { z } from 'zod';
import { type Step, STEPS } from './steps.ts';

export * from './step-results.ts';

export const scanResults = z.strictObject(
  Object.fromEntries(STEPS.map(({ name, result }) => [name, result.optional()])) as {
    [Each in Step as Each['name']]: z.ZodOptional<Each['result']>;
  },
);
export type ScanResults = z.infer<typeof scanResults>;
