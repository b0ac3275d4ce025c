/**
 * Installs what the suites run and this machine lacks. They would install it themselves, each when it begins; `.ci/run` does it
 * while it checks the sources, which leaves a core idle. Safe to run beside them: who comes second waits for the first.
 */

import {
  provisionMonitoring,
  provisionMonitoringTools,
  provisionOne,
  provisionStack,
} from './provision/provision.ts';
import { descriptorPython, hadolint, partnerPython, temporalTestServer } from './provision/servers.ts';

// One after the other, in the order in which the suites need them.
await provisionStack();
await provisionOne(temporalTestServer);
await provisionMonitoringTools();
await provisionMonitoring();
for (const tool of [descriptorPython, hadolint, partnerPython]) await provisionOne(tool);
