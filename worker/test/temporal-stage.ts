/** A Temporal server of a test's own, a client and a worker's connection to it, and the workflows, bundled once. */

import { createRequire } from 'node:module';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { startTemporal } from '../../test/servers.ts';
import { bundleOnce } from '../src/trial/bundle-once.ts';

export interface TemporalStage {
  /** host:port of the server. */
  address: string;
  connection: NativeConnection;
  client: Client;
  workflowBundle: { code: string };
  close(): Promise<void>;
}

/** Starts the server. The workers of this process log errors alone from then on. */
export async function temporalStage(): Promise<TemporalStage> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
  const server = await startTemporal();
  const connection = await NativeConnection.connect({ address: server.address });
  const workflowsPath = createRequire(import.meta.url).resolve('../src/workflows.ts');
  return {
    address: server.address,
    connection,
    client: new Client({ connection }),
    workflowBundle: await bundleOnce({ workflowsPath }),
    async close() {
      await connection.close();
      await server.stop();
    },
  };
}
