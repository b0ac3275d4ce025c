/** The rules suite: firestore.rules on the Firestore emulator. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'rules',
    include: ['*.test.ts'],
    globalSetup: ['servers-setup.ts'],
    // Machines are shared: a stall is not a fault, a fault comes again.
    retry: 2,
    testTimeout: 20_000,
    hookTimeout: 120_000,
    sequence: { groupOrder: 4 },
  },
});
