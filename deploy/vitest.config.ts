/** What is deployed, looked at by the tools that would read it. */

import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'deploy',
    root: join(import.meta.dirname, '..'),
    include: ['{deploy,ops/doctor}/**/*.test.ts'],
    testTimeout: 120_000,
    // The first run installs the tools.
    hookTimeout: 600_000,
    sequence: { groupOrder: 4 },
  },
});
