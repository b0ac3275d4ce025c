/** Vitest global setup: installs Prometheus, Alertmanager and their tools where they are missing. */

import type { TestProject } from 'vitest/node';
import { provisionMonitoring, provisionMonitoringTools } from '../../local/provision/provision.ts';

declare module 'vitest' {
  interface ProvidedContext {
    promtool: string;
    amtool: string;
    prometheus: string;
    alertmanager: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const { promtool, amtool } = await provisionMonitoringTools();
  project.provide('promtool', promtool);
  project.provide('amtool', amtool);
  const { prometheus, alertmanager } = await provisionMonitoring();
  project.provide('prometheus', prometheus);
  project.provide('alertmanager', alertmanager);
}
