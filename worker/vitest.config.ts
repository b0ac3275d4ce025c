/** The worker's adapters on real servers. */

import { defineConfig } from 'vitest/config';
import { filesOf, TOGETHER } from '../test/selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'worker',
    ...filesOf(mode, ['test/*.test.ts']),
    globalSetup: ['test/servers-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    ...TOGETHER,
  },
}));
