/** Tests the web client in a real Chromium, on a stack of its own. */

import { defineConfig } from 'vitest/config';
import { filesOf } from '../selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'web',
    ...filesOf(mode, ['*.test.ts']),
    globalSetup: 'stack-setup.ts',
    testTimeout: 120_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
    maxWorkers: 1,
    // The closing reporter names a test that needed a second try: that is a fault to fix, but does not fail the run.
    retry: 1,
    sequence: { groupOrder: 2 },
  },
}));
