/**
 * Selects the files of a suite that run. `npm test` runs all but `*.long.test.ts`; `npm run test:all` runs only those, by two
 * concurrent runs of `vitest run --mode long` (test/run-long.ts). Also sets how the suites that need no stack share the
 * machine.
 */

import { availableParallelism } from 'node:os';

/** Vitest's mode for the long tests. */
export const LONG = 'long';

/** `include` and `exclude` of a suite that has these patterns, each of which ends in `.test.ts`. */
export function filesOf(mode: string, patterns: readonly string[], except: readonly string[] = []) {
  if (mode !== LONG)
    return { include: [...patterns], exclude: ['**/node_modules/**', '**/*.long.test.ts', ...except] };
  const include = patterns.map((pattern) => pattern.replace(/\.test\.ts$/, '.long.test.ts'));
  return { include, exclude: ['**/node_modules/**', ...except] };
}

/**
 * Settings of the suites that run first, at the same time, and with one worker more than there are cores, since many tests
 * wait for a server's answer. Vitest's own default is one fewer, which on two cores is one file at a time.
 */
export const TOGETHER = { maxWorkers: availableParallelism() + 1, sequence: { groupOrder: 0 } };
