/** The monitoring suite: rules, routes, dashboard and policies of deploy/monitoring, by the real promtool and amtool. */

import { defineConfig } from 'vitest/config';
import { filesIn } from '../selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'monitoring',
    ...filesIn(mode, ['.']),
    globalSetup: ['tools-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    sequence: { groupOrder: 0 },
  },
}));
