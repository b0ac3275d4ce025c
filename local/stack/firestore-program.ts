/** Makes firebase-tools start another Firestore emulator than Google's, one that needs no Java. */

import { delimiter, join } from 'node:path';

const java = join(import.meta.dirname, 'java');

/**
 * Environment variables for firebase-tools. `program` is an executable that takes the flags of Google's emulator; null
 * keeps Google's.
 */
export function firestoreProgram(program: string | null): Record<string, string> {
  if (program === null) return {};
  return {
    PATH: [java, process.env['PATH']].join(delimiter),
    // firebase-tools checks that this file exists.
    FIRESTORE_EMULATOR_BINARY_PATH: join(java, 'java'),
    FIRESTORE_EMULATOR_PROGRAM: program,
  };
}
