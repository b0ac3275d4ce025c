/**
 * The fault suite: what breaks, on purpose, on a stack of its own. `npm run test:faults` runs the whole of it, and so does
 * `npm run test:all`, in an order and with moments that hang on FAULTS_SEED.
 */

import { defineConfig } from 'vitest/config';
import { LONG } from '../selection.ts';
import { theSeed } from './chance.ts';

export default defineConfig(({ mode }) => {
  const whole = mode === 'whole' || mode === LONG;
  const seed = theSeed();
  return {
    cacheDir: '../../node_modules/.vite',
    test: {
      name: 'faults',
      include: ['*.test.ts'],
      globalSetup: ['stack-setup.ts'],
      setupFiles: ['../e2e/failure-logs.ts'],
      provide: { seed, whole },
      silent: 'passed-only',
      // Some strike the whole stack.
      fileParallelism: false,
      // As many as two cores carry with two workers each.
      maxConcurrency: 4,
      retry: 0,
      testTimeout: 400_000,
      hookTimeout: 120_000,
      teardownTimeout: 60_000,
      sequence: { groupOrder: 6, seed, shuffle: { files: whole, tests: whole } },
    },
  };
});
