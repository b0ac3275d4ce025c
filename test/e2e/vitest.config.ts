/**
 * The end-to-end suite: one stack for all files, which run one after another in one process, each test with users of its own.
 * Tests of a file run together where none of them makes the model fail.
 */

import { defineConfig } from 'vitest/config';
import { filesOf } from '../selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'e2e',
    ...filesOf(mode, ['*.test.ts']),
    globalSetup: ['stack-setup.ts'],
    setupFiles: ['failure-logs.ts'],
    // The model stand-in's faults strike the next request of anyone.
    fileParallelism: false,
    maxWorkers: 1,
    // The clients of all servers are loaded once.
    isolate: false,
    // As many scans as two cores carry.
    maxConcurrency: 4,
    // The closing reporter names what needed it: a fault to fix, which costs nobody their run.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    sequence: { groupOrder: 1 },
  },
}));
