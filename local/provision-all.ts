/**
 * Installs what the suites run and this machine lacks. They would install it themselves, each when it begins; `.ci/run` does it
 * while it checks the sources, which leaves a core idle. Safe to run beside them: who comes second waits for the first.
 */

import {
  provisionDescriptorPython,
  provisionHadolint,
  provisionMonitoring,
  provisionMonitoringTools,
  provisionPartnerPython,
  provisionStack,
  provisionTestServer,
} from './provision/provision.ts';

// One after the other, in the order in which the suites need them.
await provisionStack();
await provisionTestServer();
await provisionMonitoringTools();
await provisionMonitoring();
await provisionDescriptorPython();
await provisionHadolint();
await provisionPartnerPython();
