/**
 * The monitoring suite: checks the rules, routes, dashboard and policies of deploy/monitoring with the real promtool and
 * amtool.
 */

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
