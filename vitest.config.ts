/**
 * The suites, one after another so that each has the machine to itself: `unit` beside the sources, `workflow` on the
 * time-skipping server, `monitoring` by Prometheus' own tools, `worker`, `functions` and `rules` on single servers, `e2e` on the
 * real stack, and of the fault suite, `faults`, a short selection on a stack of its own.
 */

import { defineConfig } from 'vitest/config';

/** Those that run workflows on the time-skipping server. */
const WORKFLOW_TESTS = [
  'worker/src/scan/{daily-scan,retry-step,replay}.test.ts',
  'worker/src/erasure/erasure.test.ts',
  'worker/src/operations/operations.test.ts',
  'worker/src/webhooks/webhook-delivery.test.ts',
];

export default defineConfig({
  test: {
    // What servers and workers print belongs to the test that failed.
    silent: 'passed-only',
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{shared,functions,worker}/src/**/*.test.ts',
            '{clients,local,fixtures,docs,ops,bench}/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', 'ops/doctor/**', ...WORKFLOW_TESTS],
          // Machines are shared: a stall is not a fault, a fault comes again.
          retry: 2,
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'workflow',
          include: WORKFLOW_TESTS,
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
