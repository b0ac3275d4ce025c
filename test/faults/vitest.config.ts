/**
 * The fault suite: what breaks, on purpose, on stacks of its own, in an order and with moments that hang on FAULTS_SEED.
 *
 * It has two projects, each with a stack of its own, so that they share no part and run side by side: `faults-parts` strikes
 * what every scan of its stack needs, one case after the other, and mostly waits; `faults-fleets` strikes workers of its cases'
 * own, and the model of a case's own user.
 */

import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { theSeed } from './chance.ts';
import { PartsFirst } from './parts-first.ts';

const PARTS = 'whole-stack.test.ts';

const cacheDir = '../../node_modules/.vite';
const seed = theSeed();

export default defineConfig({
  cacheDir,
  test: {
    silent: 'passed-only',
    reporters: ['default', '../closing-reporter.ts'],
    // A file of each project at a time. The parts are one file, so that no two of their cases meet.
    maxWorkers: 2,
    sequence: { seed, sequencer: PartsFirst },
    projects: [
      project({ name: 'faults-parts', include: [PARTS] }),
      project({ name: 'faults-fleets', include: ['*.test.ts'], exclude: [PARTS] }),
    ],
  },
});

function project(files: {
  name: string;
  include: string[];
  exclude?: string[];
}): TestProjectInlineConfiguration {
  return {
    cacheDir,
    test: {
      ...files,
      globalSetup: ['stack-setup.ts'],
      setupFiles: ['../e2e/failure-logs.ts'],
      provide: { seed },
      maxWorkers: 2,
      // Cases of one file at once: as many as two cores carry with two workers each.
      maxConcurrency: 4,
      testTimeout: 400_000,
      hookTimeout: 120_000,
      sequence: { shuffle: { tests: true } },
    },
  };
}
