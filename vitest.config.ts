/** Three suites: `unit` beside the sources, `workflow` on the time-skipping server, `e2e` on the real stack. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'shared/src/**/*.test.ts',
            'functions/src/**/*.test.ts',
            'worker/src/**/*.test.ts',
            'dev/**/*.test.ts',
          ],
          exclude: ['worker/src/workflows/**'],
        },
      },
      {
        test: {
          name: 'workflow',
          include: ['worker/src/workflows/**/*.test.ts'],
          globalSetup: 'worker/src/workflows/test-server.ts',
          testTimeout: 20_000,
        },
      },
    ],
  },
});
