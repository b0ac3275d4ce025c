/** The monitoring suite: rules, routes, dashboard and policies of deploy/monitoring, by the real promtool and amtool. */

import { defineConfig } from 'vitest/config';
import { filesOf, TOGETHER } from '../selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'monitoring',
    ...filesOf(mode, ['*.test.ts']),
    globalSetup: ['tools-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    ...TOGETHER,
  },
}));
