/** The functions' suites on real servers: Firestore emulator, Temporal, Cloud Storage. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'functions',
    include: ['test/*.test.ts'],
    globalSetup: ['test/servers-setup.ts'],
    // Logs belong to the test that failed.
    silent: 'passed-only',
    // Machines are shared: a stall is not a fault, a fault comes again.
    retry: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    sequence: { groupOrder: 3 },
  },
});
