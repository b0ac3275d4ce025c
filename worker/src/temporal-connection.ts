/** The worker's connection to Temporal: plain, by client certificate (mTLS), or by API key. */

import { readFile } from 'node:fs/promises';
import type { TemporalSettings } from '@reddyfit/shared/temporal-settings';
import { NativeConnection } from '@temporalio/worker';

/** Connects, or throws when the server does not answer. */
export async function connectToTemporal(settings: TemporalSettings): Promise<NativeConnection> {
  const { address, clientCertPath, clientKeyPath, apiKey } = settings;
  if (clientCertPath && clientKeyPath) {
    const [crt, key] = await Promise.all([readFile(clientCertPath), readFile(clientKeyPath)]);
    return NativeConnection.connect({ address, tls: { clientCertPair: { crt, key } } });
  }
  if (apiKey) return NativeConnection.connect({ address, tls: true, apiKey });
  return NativeConnection.connect({ address });
}
