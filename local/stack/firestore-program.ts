/** How firebase-tools comes to start a Firestore emulator of ours, which needs no Java. */

import { delimiter, join } from 'node:path';

const java = join(import.meta.dirname, 'java');

/** Environment for firebase-tools. `program` takes the flags of Google's emulator; null leaves that one. */
export function firestoreProgram(program: string | null): Record<string, string> {
  if (program === null) return {};
  return {
    PATH: [java, process.env['PATH']].join(delimiter),
    // It looks whether this file is there.
    FIRESTORE_EMULATOR_BINARY_PATH: join(java, 'java'),
    FIRESTORE_EMULATOR_PROGRAM: program,
  };
}
