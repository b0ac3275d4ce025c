/** The functions' suites on real servers: Firestore emulator, Temporal, Cloud Storage. */

import { defineConfig } from 'vitest/config';
import { filesOf, TOGETHER } from '../test/selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'functions',
    ...filesOf(mode, ['test/*.test.ts']),
    globalSetup: ['test/servers-setup.ts'],
    // Logs belong to the test that failed.
    silent: 'passed-only',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    ...TOGETHER,
  },
}));
