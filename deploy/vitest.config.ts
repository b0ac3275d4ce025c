/** Tests of what is deployed, by the tools that would read it. */

import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { filesOf, TOGETHER } from '../test/selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'deploy',
    root: join(import.meta.dirname, '..'),
    ...filesOf(mode, ['{deploy,ops/doctor}/**/*.test.ts']),
    testTimeout: 120_000,
    // The first run installs the tools.
    hookTimeout: 600_000,
    ...TOGETHER,
  },
}));
