/** Vitest global setup: the executable of the time-skipping Temporal server, installed where it is missing. */

import type { TestProject } from 'vitest/node';
import { provisionOne } from '../local/provision/provision.ts';
import { temporalTestServer } from '../local/provision/servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    temporalTestServer: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  project.provide('temporalTestServer', await provisionOne(temporalTestServer));
}
