/** Vitest global setup: promtool and amtool, unpacked if need be. */

import type { TestProject } from 'vitest/node';
import { provisionMonitoringTools } from '../../dev/provision/provision.ts';

declare module 'vitest' {
  interface ProvidedContext {
    promtool: string;
    amtool: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const { promtool, amtool } = await provisionMonitoringTools();
  project.provide('promtool', promtool);
  project.provide('amtool', amtool);
}
