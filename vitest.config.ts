/**
 * The suites. Those that need single servers or none run first, two files at a time: `unit` beside the sources, `workflow` on
 * the time-skipping server, `monitoring` and `deploy` by the tools that read what is deployed, `worker`, `functions` and `rules`
 * on servers that they share. Meanwhile the one stack starts, on which `e2e` runs after them. See test/selection.ts for what
 * `npm test` leaves to `npm run test:all`.
 */

import { defineConfig } from 'vitest/config';
import { filesIn, LONG } from './test/selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    // What servers and workers print belongs to the test that failed.
    silent: 'passed-only',
    reporters: ['default', './test/closing-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          ...filesIn(mode, ['shared/src', 'functions/src', 'worker/src', 'dev'], ['worker/src/workflows/**']),
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'workflow',
          ...filesIn(mode, ['worker/src/workflows']),
          globalSetup: 'worker/src/workflows/test-server.ts',
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      'test/monitoring/vitest.config.ts',
      'worker/vitest.config.ts',
      'functions/vitest.config.ts',
      'test/rules/vitest.config.ts',
      'deploy/vitest.config.ts',
      'test/e2e/vitest.config.ts',
      ...(mode === LONG ? ['test/faults/vitest.config.ts'] : []),
    ],
  },
}));
