/**
 * The suites. Those that need single servers or none run first, file beside file: `unit` beside the sources, `workflow` on
 * the time-skipping server, `monitoring` and `deploy` by the tools that read what is deployed, `worker`, `functions` and `rules`
 * on single servers. Then `e2e` runs on the one stack. See test/selection.ts for what `npm test` leaves to `npm run test:all`.
 */

import { defineConfig } from 'vitest/config';
import { compileCache } from './repository.ts';
import { filesOf, LONG, TOGETHER } from './test/selection.ts';

/** Those that run workflows on the time-skipping server. */
const WORKFLOW_TESTS = [
  'worker/src/scan/{daily-scan,retry-step,replay,scan-writes}.test.ts',
  'worker/src/erasure/erasure.test.ts',
  'worker/src/operations/operations.test.ts',
  'worker/src/webhooks/{scan-webhooks,webhook-delivery}.test.ts',
  'fixtures/eighth-step/eighth-step.test.ts',
];

// Of every process of the suites, and of each command that they start: a tenth to a fifth of what those without a stack cost.
process.env['NODE_COMPILE_CACHE'] ??= compileCache;

export default defineConfig(({ mode }) => ({
  test: {
    // What servers and workers print belongs to the test that failed.
    silent: 'passed-only',
    reporters: ['default', './test/closing-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          ...filesOf(
            mode,
            [
              '{shared,functions,worker}/src/**/*.test.ts',
              '{clients,local,fixtures,docs,ops,bench,examples}/**/*.test.ts',
              'test/*.test.ts',
            ],
            ['ops/doctor/**', 'fixtures/eighth-step/**', ...WORKFLOW_TESTS],
          ),
          testTimeout: 20_000,
          hookTimeout: 120_000,
          // The files of a process share its modules: loading them anew for each would be a third of the suite's work.
          isolate: false,
          unstubEnvs: true,
          unstubGlobals: true,
          ...TOGETHER,
        },
      },
      {
        test: {
          name: 'workflow',
          ...filesOf(mode, WORKFLOW_TESTS),
          globalSetup: 'test/time-skipping-server.ts',
          // Workflows run in the thread of the test: a thread of their own for each worker would be a third of the suite's work.
          env: { TEMPORAL_DEBUG: 'true' },
          testTimeout: 30_000,
          hookTimeout: 120_000,
          ...TOGETHER,
        },
      },
      'test/monitoring/vitest.config.ts',
      'worker/vitest.config.ts',
      'functions/vitest.config.ts',
      'test/rules/vitest.config.ts',
      'deploy/vitest.config.ts',
      'test/e2e/vitest.config.ts',
      ...(mode === LONG ? ['test/web/vitest.config.ts'] : []),
    ],
  },
}));
