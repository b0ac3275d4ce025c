/** Replaces the worker's connection to Temporal when its credential files have been replaced, while the worker runs. */

import { sameCredentials } from '@reddyfit/shared/temporal/credentials';
import type { TemporalSettings } from '@reddyfit/shared/temporal/settings';
import type { NativeConnection } from '@temporalio/worker';
import { log } from './logs.ts';
import { connectWith, readCredentials } from './temporal-connection.ts';

/** Time between two checks of the files (ms). Reading them is cheap, and an old certificate may expire soon. */
const LOOK_EVERY_MS = 10_000;

export interface RotatingConnection {
  /** The connection that is in use now. */
  current(): NativeConnection;
  /**
   * Starts to check the files. `take` must move everything that uses the connection to the new one; the old connection
   * stays open until the next check.
   */
  watch(take: (connection: NativeConnection) => void): void;
  /** Stops checking and closes the connection. Everything that uses it must have ended. */
  close(): Promise<void>;
}

/**
 * Connects, and throws when that fails. After `watch`, checks the files every `everyMs`. When the files cannot be read,
 * or the server does not accept them (for example a new certificate with the old key), the connection stays as it is
 * and the next check tries again.
 */
export async function connectRotating(
  settings: TemporalSettings,
  everyMs: number = LOOK_EVERY_MS,
): Promise<RotatingConnection> {
  let used = await readCredentials(settings);
  let connection = await connectWith(settings, used);
  const retired: NativeConnection[] = [];

  async function look(take: (connection: NativeConnection) => void): Promise<void> {
    // Nothing starts a request on a retired connection any more.
    await closeAll(retired.splice(0));
    const found = await readCredentials(settings);
    if (sameCredentials(found, used)) return;
    const fresh = await connectWith(settings, found);
    retired.push(connection);
    [connection, used] = [fresh, found];
    take(fresh);
    log('INFO', 'temporal_connection_replaced');
  }

  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function lookOnce(take: (connection: NativeConnection) => void): Promise<void> {
    try {
      await look(take);
    } catch (error) {
      log('WARNING', 'temporal_credentials_not_taken', { error: (error as Error).name });
    }
    looking = undefined;
  }

  return {
    current: () => connection,
    watch(take) {
      // While a check still waits for an unreachable server, no other check starts.
      timer = setInterval(() => (looking ??= lookOnce(take)), everyMs);
    },
    async close() {
      clearInterval(timer);
      await looking;
      await closeAll([...retired, connection]);
    },
  };
}

async function closeAll(connections: readonly NativeConnection[]): Promise<void> {
  await Promise.allSettled(connections.map((connection) => connection.close()));
}
