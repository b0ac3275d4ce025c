/** What is deployed, looked at by the tools that would read it. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'deploy',
    include: ['**/*.test.ts'],
    testTimeout: 120_000,
    // The first run installs the tools.
    hookTimeout: 600_000,
    sequence: { groupOrder: 4 },
  },
});
