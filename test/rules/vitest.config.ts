/** The rules suite: firestore.rules and firestore.indexes.json on the Firestore emulator. */

import { defineConfig } from 'vitest/config';
import { filesOf, TOGETHER } from '../selection.ts';

export default defineConfig(({ mode }) => ({
  test: {
    name: 'rules',
    ...filesOf(mode, ['*.test.ts']),
    globalSetup: ['servers-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 120_000,
    ...TOGETHER,
  },
}));
