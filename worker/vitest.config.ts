/** The worker's adapters on real servers. */

import { defineConfig } from 'vitest/config';
import { filesIn } from '../test/selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'worker',
    ...filesIn(mode, ['test']),
    globalSetup: ['test/servers-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    sequence: { groupOrder: 0 },
  },
}));
