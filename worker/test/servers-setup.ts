/** Starts the Firestore emulator and the Cloud Storage server once for the worker's suite. */

import type { TestProject } from 'vitest/node';
import { startFirestore, startStorage } from '../../test/servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** host:port of each server. */
    firestore: string;
    storage: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [firestore, storage] = await Promise.all([startFirestore(), startStorage()]);
  project.provide('firestore', firestore.address);
  project.provide('storage', storage.address);
  return async () => {
    await Promise.all([firestore.stop(), storage.stop()]);
  };
}
