/**
 * The suites, one after another so that each has the machine to itself: `unit` beside the sources, `workflow` on the
 * time-skipping server, `monitoring` by Prometheus' own tools, `worker`, `functions` and `rules` on single servers, `e2e` on the
 * real stack, and of the fault suite, `faults`, a short selection on a stack of its own.
 */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // What servers and workers print belongs to the test that failed.
    silent: 'passed-only',
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
          // Machines are shared: a stall is not a fault, a fault comes again.
          retry: 2,
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'workflow',
          include: ['worker/src/workflows/**/*.test.ts'],
          globalSetup: 'test/time-skipping-server.ts',
          // Machines are shared: a stall is not a fault, a fault comes again.
          retry: 2,
          testTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      'test/monitoring/vitest.config.ts',
      'worker/vitest.config.ts',
      'functions/vitest.config.ts',
      'test/rules/vitest.config.ts',
      'deploy/vitest.config.ts',
      'test/e2e/vitest.config.ts',
      'test/faults/vitest.config.ts',
    ],
  },
});
