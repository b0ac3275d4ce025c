/** The functions' suites on real servers: Firestore emulator, Temporal, Cloud Storage. */

import { defineConfig } from 'vitest/config';
import { filesIn } from '../test/selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'functions',
    ...filesIn(mode, ['test']),
    globalSetup: ['test/servers-setup.ts'],
    // Logs belong to the test that failed.
    silent: 'passed-only',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    sequence: { groupOrder: 0 },
  },
}));
