/** Vitest global setup: the time-skipping Temporal server's executable, installed if need be. */

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
