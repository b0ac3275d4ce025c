/**
 * The fault suite: what breaks, on purpose, on a stack of its own. `npm run test:faults` runs the whole of it, in an order
 * and with moments that hang on FAULTS_SEED; `npm run test:all` runs a short selection.
 */

import { defineConfig } from 'vitest/config';
import { theSeed } from './chance.ts';

export default defineConfig(({ mode }) => {
  const whole = mode === 'whole';
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
      // The whole suite shows what it finds. Of the selection, the closing reporter names what needed a second try.
      retry: whole ? 0 : 1,
      testTimeout: 400_000,
      hookTimeout: 120_000,
      teardownTimeout: 60_000,
      sequence: { groupOrder: 6, seed, shuffle: { files: whole, tests: whole } },
    },
  };
});
