/** Imported by vitest's configurations: every process of the suites, and each command that they start, finds its modules compiled. */

import { compileCache } from '../repository.ts';

// A tenth to a fifth of the work of the suites without a stack is reading and compiling packages.
process.env['NODE_COMPILE_CACHE'] ??= compileCache;
