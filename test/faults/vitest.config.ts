/**
 * The fault suite: what breaks, on purpose, on stacks of its own. `npm run test:faults` runs the whole of it, in an order and with
 * moments that hang on FAULTS_SEED; `npm run test:all` runs a short selection, on one stack.
 *
 * The whole has two projects, each with a stack of its own, so that they share no part and run side by side: `faults-parts` strikes
 * what every scan of its stack needs, one case after the other, and mostly waits; `faults-fleets` strikes workers of its cases' own.
 */

import { defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from 'vitest/config';
import { theSeed } from './chance.ts';
import { PartsFirst } from './parts-first.ts';

const PARTS = 'whole-stack.test.ts';

export default defineConfig(({ mode }): ViteUserConfig => {
  const seed = theSeed();
  if (mode !== 'whole') {
    const test = testOf('faults', seed);
    return { ...ours, test: { ...test, fileParallelism: false, sequence: { groupOrder: 6, seed } } };
  }
  return {
    ...ours,
    test: {
      silent: 'passed-only',
      reporters: ['default', '../closing-reporter.ts'],
      // A file of each project at a time. The parts are one file, so that no two of their cases meet.
      maxWorkers: 2,
      sequence: { seed, sequencer: PartsFirst },
      projects: [
        whole({ name: 'faults-parts', include: [PARTS] }, seed),
        whole({ name: 'faults-fleets', exclude: [PARTS] }, seed),
      ],
    },
  };
});

const ours = { cacheDir: '../../node_modules/.vite' };

function whole(
  { name, ...files }: { name: string; include?: string[]; exclude?: string[] },
  seed: number,
): TestProjectInlineConfiguration {
  const sequence = { seed, shuffle: { tests: true } };
  return { ...ours, test: { ...testOf(name, seed), ...files, maxWorkers: 2, sequence } };
}

function testOf(name: string, seed: number) {
  const isWhole = name !== 'faults';
  return {
    name,
    include: ['*.test.ts'],
    globalSetup: ['stack-setup.ts'],
    setupFiles: ['../e2e/failure-logs.ts'],
    provide: { seed, whole: isWhole },
    silent: 'passed-only' as const,
    // Cases of one file at once: as many as two cores carry with two workers each.
    maxConcurrency: 4,
    // The whole suite shows what it finds. Of the selection, the closing reporter names what needed a second try.
    retry: isWhole ? 0 : 1,
    testTimeout: 400_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
  };
}
