/** The worker's adapters on real servers. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'worker',
    include: ['test/*.test.ts'],
    globalSetup: ['test/servers-setup.ts'],
    // Machines are shared: a stall is not a fault, a fault comes again.
    retry: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    sequence: { groupOrder: 2 },
  },
});
