/** Vitest global setup: the executable of the time-skipping Temporal server, installed where it is missing. */

import type { TestProject } from 'vitest/node';
import { provisionTestServer } from '../local/provision/provision.ts';

declare module 'vitest' {
  interface ProvidedContext {
    temporalTestServer: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  project.provide('temporalTestServer', await provisionTestServer());
}
