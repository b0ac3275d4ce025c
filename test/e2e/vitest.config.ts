/**
 * The end-to-end suite: one stack for all files. Each test has its own users, and makes the model fail only for these, so
 * that files and tests run concurrently. The tests of `npm run test:all` count what the whole stack did, and run one after
 * another.
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
    // Per file: two files with three tests each are as many scans as two cores can carry.
    maxConcurrency: 3,
    // The closing reporter names a test that needed a second try: that is a fault to fix, but does not fail the run.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    sequence: { groupOrder: 1, concurrent: mode !== LONG },
  },
}));
