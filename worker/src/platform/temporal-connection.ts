/** The worker's connection to Temporal: plain, by client certificate (mTLS), or by API key. */

import { readFile } from 'node:fs/promises';
import { type TemporalCredentials, temporalCredentials } from '@reddyfit/shared/temporal/credentials';
import type { TemporalSettings } from '@reddyfit/shared/temporal/settings';
import { NativeConnection } from '@temporalio/worker';

/** Connects, or throws when the server does not answer. */
export async function connectToTemporal(settings: TemporalSettings): Promise<NativeConnection> {
  return connectWith(settings, await readCredentials(settings));
}

/** What the settings' files hold at this moment. Throws when one cannot be read. */
export function readCredentials(settings: TemporalSettings): Promise<TemporalCredentials> {
  return temporalCredentials(settings, (path) => readFile(path));
}

/** Connects, or throws when the server does not answer, or does not take what is proven. */
export function connectWith(
  { address }: TemporalSettings,
  credentials: TemporalCredentials,
): Promise<NativeConnection> {
  return NativeConnection.connect({ address, ...credentials });
}
