/** The worker's connection to Temporal: plain, with a client certificate (mTLS), or with an API key. */

import { readFile } from 'node:fs/promises';
import { type TemporalCredentials, temporalCredentials } from '@reddyfit/shared/temporal/credentials';
import type { TemporalSettings } from '@reddyfit/shared/temporal/settings';
import { NativeConnection } from '@temporalio/worker';

/** Connects, or throws when the server does not answer. */
export async function connectToTemporal(settings: TemporalSettings): Promise<NativeConnection> {
  return connectWith(settings, await readCredentials(settings));
}

/** The present content of the credential files in the settings. Throws when a file cannot be read. */
export function readCredentials(settings: TemporalSettings): Promise<TemporalCredentials> {
  return temporalCredentials(settings, (path) => readFile(path));
}

/** Connects. Throws when the server does not answer or does not accept the credentials. */
export function connectWith(
  { address }: TemporalSettings,
  credentials: TemporalCredentials,
): Promise<NativeConnection> {
  return NativeConnection.connect({ address, ...credentials });
}
