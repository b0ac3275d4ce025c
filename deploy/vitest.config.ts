/** What is deployed, looked at by the tools that would read it. */

import { defineConfig } from 'vitest/config';
import { filesIn } from '../test/selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'deploy',
    ...filesIn(mode, ['.']),
    testTimeout: 120_000,
    // The first run installs the tools.
    hookTimeout: 600_000,
    sequence: { groupOrder: 0 },
  },
}));
