/** Where this repository lies, and where what is made from it is kept. */

import { join } from 'node:path';

/** The repository's root, an absolute path. */
export const repositoryRoot = import.meta.dirname;

/**
 * Folder in which Node keeps modules compiled, as `NODE_COMPILE_CACHE` of processes that we start: half of a worker's start would be
 * reading and compiling the same modules again.
 */
export const compileCache = join(repositoryRoot, 'node_modules/.cache/compiled');
