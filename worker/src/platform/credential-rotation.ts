/** Replaces the worker's connection when the files that prove who it is have been replaced, while it works. */

import { sameCredentials } from '@reddyfit/shared/temporal/credentials';
import type { TemporalSettings } from '@reddyfit/shared/temporal/settings';
import type { NativeConnection } from '@temporalio/worker';
import { log } from './logs.ts';
import { connectWith, readCredentials } from './temporal-connection.ts';

/** Time between two looks at the files (ms): reading them costs nothing, and an old certificate may end soon. */
const LOOK_EVERY_MS = 10_000;

export interface RotatingConnection {
  /** The one that is good now. */
  current(): NativeConnection;
  /**
   * Begins to look. `take` moves everything that uses the connection to another; the one before it answers until the next look.
   */
  watch(take: (connection: NativeConnection) => void): void;
  /** Stops looking and closes. What uses it must have ended. */
  close(): Promise<void>;
}

/**
 * Connects, and throws when that fails; once watched, looks at the files every `everyMs`. Files that cannot be read, or that the server
 * does not take (a new certificate beside its old key, say), change nothing, and are tried again.
 */
export async function connectRotating(
  settings: TemporalSettings,
  everyMs: number = LOOK_EVERY_MS,
): Promise<RotatingConnection> {
  let used = await readCredentials(settings);
  let connection = await connectWith(settings, used);
  const retired: NativeConnection[] = [];

  async function look(take: (connection: NativeConnection) => void): Promise<void> {
    // By now nobody begins anything on it.
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
      // A look that waits for a server that is away is not followed by another.
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
