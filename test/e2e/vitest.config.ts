/**
 * The end-to-end suite: one stack for all files. Each test has users of its own, and makes the model fail for these alone, so
 * that files and tests run together. Those of `npm run test:all` count what the whole stack did, and run one after another.
 */

import { defineConfig } from 'vitest/config';
import { filesOf, LONG } from '../selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'e2e',
    ...filesOf(mode, ['*.test.ts']),
    globalSetup: ['stack-setup.ts'],
    setupFiles: ['failure-logs.ts'],
    maxWorkers: mode === LONG ? 1 : 2,
    // The clients of all servers are loaded once.
    isolate: false,
    // Of each file: with two of them as many scans as two cores carry.
    maxConcurrency: 3,
    // The closing reporter names what needed it: a fault to fix, which costs nobody their run.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    sequence: { groupOrder: 1, concurrent: mode !== LONG },
  },
}));
