/**
 * Which files of a suite run. `npm test` runs all but `*.long.test.ts`; `npm run test:all`, which is `vitest run --mode long`,
 * runs those, and the fault suite.
 */

/** Vitest's mode in which the long tests run. */
export const LONG = 'long';

/** `include` and `exclude` of a suite that has these patterns, each of which ends in `.test.ts`. */
export function filesOf(mode: string, patterns: readonly string[], except: readonly string[] = []) {
  if (mode !== LONG)
    return { include: [...patterns], exclude: ['**/node_modules/**', '**/*.long.test.ts', ...except] };
  const include = patterns.map((pattern) => pattern.replace(/\.test\.ts$/, '.long.test.ts'));
  return { include, exclude: ['**/node_modules/**', ...except] };
}
