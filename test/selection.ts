/**
 * Which files of a suite run. `npm test` runs all but `*.long.test.ts`; `npm run test:all`, which is `vitest run --mode long`
 * twice at once (test/run-long.ts), runs those. And how the suites that need no stack share the machine.
 */

import { availableParallelism } from 'node:os';

/** Vitest's mode in which the long tests run. */
export const LONG = 'long';

/** `include` and `exclude` of a suite that has these patterns, each of which ends in `.test.ts`. */
export function filesOf(mode: string, patterns: readonly string[], except: readonly string[] = []) {
  if (mode !== LONG)
    return { include: [...patterns], exclude: ['**/node_modules/**', '**/*.long.test.ts', ...except] };
  const include = patterns.map((pattern) => pattern.replace(/\.test\.ts$/, '.long.test.ts'));
  return { include, exclude: ['**/node_modules/**', ...except] };
}

/**
 * Suites that run first and together, file beside file: one more than there are cores, since many wait for a server's answer.
 * Vitest's own default is one fewer, which on two cores is one file at a time.
 */
export const TOGETHER = { maxWorkers: availableParallelism() + 1, sequence: { groupOrder: 0 } };
