/** The end-to-end suite: one stack for all files, which run one after another, each test with users of its own. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'e2e',
    include: ['*.test.ts'],
    globalSetup: ['stack-setup.ts'],
    setupFiles: ['failure-logs.ts'],
    // The model stand-in's faults strike the next request of anyone.
    fileParallelism: false,
    // Machines are shared: a stall is not a fault, a fault comes again.
    retry: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    sequence: { groupOrder: 5 },
  },
});
