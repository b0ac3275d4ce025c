/**
 * The fault suite: what breaks, on purpose, on stacks of its own. `npm run test:faults` runs it, in an order and with moments that
 * hang on FAULTS_SEED.
 *
 * It has two projects, each with a stack of its own, so that they share no part and run side by side: `faults-parts` strikes
 * what every scan of its stack needs, one case after the other, and mostly waits; `faults-fleets` strikes workers of its cases' own.
 */

import { defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from 'vitest/config';
import { compileCache } from '../../repository.ts';
import { theSeed } from './chance.ts';
import { PartsFirst } from './parts-first.ts';

// Of every process of the suite.
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
      // A file of each project at a time. The parts are one file, so that no two of their cases meet.
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
      // Cases of one file at once: many wait for a model or a deadline.
      maxConcurrency: 6,
      maxWorkers: 2,
      sequence: { shuffle: { tests: true } },
      // The closing reporter names what needed it: a fault to fix, which costs nobody their run.
      retry: 1,
      testTimeout: 400_000,
      hookTimeout: 120_000,
    },
  };
}
