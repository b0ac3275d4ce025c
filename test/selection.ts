/**
 * Which files of a suite run. `npm test` runs all but `*.long.test.ts`; `npm run test:all`, which is `vitest run --mode long`,
 * runs those, and the whole fault suite.
 */

/** Vitest's mode in which the long tests run. */
export const LONG = 'long';

const LONG_FILES = '**/*.long.test.ts';

/** `include` and `exclude` of a suite whose files are in these folders (relative to its root) or below them. */
export function filesIn(mode: string, folders: readonly string[], except: readonly string[] = []) {
  const kind = mode === LONG ? 'long.test' : 'test';
  return {
    include: folders.map((folder) => `${folder}/**/*.${kind}.ts`),
    exclude: [...except, ...(mode === LONG ? [] : [LONG_FILES])],
  };
}
