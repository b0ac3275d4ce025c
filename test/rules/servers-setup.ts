/** Starts the Firestore emulator of the rules suite with the project's rules, and hands out its address. */

import type { TestProject } from 'vitest/node';
import { startFirestore } from '../servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** host:port of the Firestore emulator. */
    firestore: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const firestore = await startFirestore();
  project.provide('firestore', firestore.address);
  return () => firestore.stop();
}
