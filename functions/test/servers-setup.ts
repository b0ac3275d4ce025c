/** Starts the servers of the functions' suites once, and provides their addresses. */

import type { TestProject } from 'vitest/node';
import { startFirestore, startStorage, startTemporal } from '../../test/servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** host:port of each server. */
    firestore: string;
    temporal: string;
    storage: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [firestore, temporal, storage] = await Promise.all([
    startFirestore(),
    startTemporal(),
    startStorage(),
  ]);
  project.provide('firestore', firestore.address);
  project.provide('temporal', temporal.address);
  project.provide('storage', storage.address);
  return async () => {
    await Promise.all([firestore.stop(), temporal.stop(), storage.stop()]);
  };
}
