/**
 * The fault suite: breaks parts on purpose, on stacks of its own. `npm run test:faults` runs it; FAULTS_SEED decides the
 * order and the random moments.
 *
 * It has two projects, each with a stack of its own, so that they share nothing and run at the same time: `faults-parts`
 * strikes parts that every scan of its stack needs, one case after another, and mostly waits; `faults-fleets` strikes its
 * cases' own workers.
 */

import { defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from 'vitest/config';
import { compileCache } from '../../repository.ts';
import { theSeed } from './chance.ts';
import { PartsFirst } from './parts-first.ts';

// Set here for every process of the suite.
process.env['NODE_COMPILE_CACHE'] ??= compileCache;

const PARTS = 'whole-stack.test.ts';

const ours = { cacheDir: '../../node_modules/.vite' };

export default defineConfig((): ViteUserConfig => {
  const seed = theSeed();
  return {
    ...ours,
    test: {
      silent: 'passed-only',
      reporters: ['default', '../closing-reporter.ts'],
      // One file of each project at a time. `faults-parts` is one file, so that its cases never run at the same time.
      maxWorkers: 2,
      teardownTimeout: 60_000,
      sequence: { seed, sequencer: PartsFirst },
      projects: [
        project({ name: 'faults-parts', include: [PARTS] }, seed),
        project({ name: 'faults-fleets', include: ['*.test.ts'], exclude: [PARTS] }, seed),
      ],
    },
  };
});

function project(
  files: { name: string; include: string[]; exclude?: string[] },
  seed: number,
): TestProjectInlineConfiguration {
  return {
    ...ours,
    test: {
      ...files,
      globalSetup: ['stack-setup.ts'],
      setupFiles: ['../e2e/failure-logs.ts'],
      provide: { seed },
      // Cases of one file run at the same time, since many wait for a model or a deadline.
      maxConcurrency: 6,
      maxWorkers: 2,
      sequence: { shuffle: { tests: true } },
      // The closing reporter names a test that needed a second try: that is a fault to fix, but does not fail the run.
      retry: 1,
      testTimeout: 400_000,
      hookTimeout: 120_000,
    },
  };
}
