/** The seed's workflow on DBOS Transact: its seven steps in one process, which keeps what is done in Postgres. */

import { createServer } from 'node:http';
import type { StepName } from '@reddyfit/shared/scan/steps';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { runStep } from '../contenders/steps.ts';

const { PORT, DBOS_SYSTEM_DATABASE_URL: systemDatabaseUrl } = process.env;
if (!PORT || !systemDatabaseUrl) throw new Error('PORT and DBOS_SYSTEM_DATABASE_URL must be set');

const durably = (scanId: string, name: StepName) =>
  DBOS.runStep(() => runStep(scanId, name), {
    name,
    retriesAllowed: true,
    intervalSeconds: 1,
    backoffRate: 2,
    maxAttempts: 3,
  });

async function scan(scanId: string): Promise<void> {
  await durably(scanId, 'qualityCheck');
  await durably(scanId, 'estimation');
  await durably(scanId, 'delta');
  await durably(scanId, 'insights');
  await durably(scanId, 'nutrition');
  await durably(scanId, 'workout');
  await durably(scanId, 'hydration');
}

const dailyScanWorkflow = DBOS.registerWorkflow(scan, { name: 'dailyScanWorkflow' });
DBOS.setConfig({ name: 'daily-scan', systemDatabaseUrl, logLevel: 'warn' });
await DBOS.launch();

// A scan is started in this very process, as DBOS' own examples do it, and not by its queue, which is looked at once a second.
createServer(async (request, response) => {
  const workflowID = request.url!.slice(1);
  await DBOS.startWorkflow(dailyScanWorkflow, { workflowID })(workflowID);
  response.writeHead(202).end();
}).listen(Number(PORT), '127.0.0.1', () => console.log('ready'));
