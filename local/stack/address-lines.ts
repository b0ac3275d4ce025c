/** Lists the addresses of a running stack for a person. */

import type { StackFile } from './stack-file.ts';

/** A line for each address, and one for what belongs to it. Each fits into 80 columns behind an indent of two. */
export function addressLines(stack: StackFile): string[] {
  const rows: [string, string][] = [
    ...(stack.web ? [['Web client', stack.web] satisfies [string, string]] : []),
    ...(stack.web ? [["Operator's desk", `${stack.web}/operator/`] satisfies [string, string]] : []),
    ['Temporal Web UI', stack.temporalUi],
    ['Codec server', stack.codecServer],
    ['Temporal', stack.temporal],
    ['', `namespace ${stack.temporalNamespace}, queue ${stack.taskQueue}`],
    ['Firestore', stack.firestore],
    ['Auth', stack.auth],
    ['Functions', `http://${stack.functions}/${stack.projectId}/${stack.region}`],
    ['Pub/Sub', stack.pubsub],
    ['Emulator hub', stack.hub],
    ['Storage', stack.storage],
    ['', `bucket ${stack.bucket}`],
    ['Model', stack.model],
    ['FCM', `${stack.fcm}/messages`],
    ['Webhooks', `${stack.webhookReceiver}/received`],
    ...(stack.prometheus
      ? [['Prometheus', `${stack.prometheus}/api/v1/alerts`] satisfies [string, string]]
      : []),
    ...(stack.alertmanager ? [['Alertmanager', stack.alertmanager] satisfies [string, string]] : []),
    ['Workers', stack.workerPids.map((pid) => `process ${pid}`).join(', ')],
  ];
  return rows.map(([name, address]) => `${name.padEnd(16)}${address}`);
}
