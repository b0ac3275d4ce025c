/** The monitoring suite: rules, routes, dashboard and policies of deploy/monitoring, by the real promtool and amtool. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'monitoring',
    include: ['*.test.ts'],
    globalSetup: ['tools-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    sequence: { groupOrder: 1 },
  },
});
