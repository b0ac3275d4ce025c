/** The one Temporal client of an instance: connected on first use, replaced after a failure. */

import { readFile } from 'node:fs/promises';
import { payloadCodec } from '@reddyfit/shared/temporal/payload-codec';
import type { PayloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import {
  sameCredentials,
  type TemporalCredentials,
  temporalCredentials,
} from '@reddyfit/shared/temporal/credentials';
import type { TemporalSettings } from '@reddyfit/shared/temporal/settings';
import { TEMPORAL_TRACE_HEADER } from '@reddyfit/shared/temporal/traces';
import type { Client, WorkflowClientInterceptor } from '@temporalio/client';
import { logs } from './logs.ts';
import { currentTraceparent } from './tracing.ts';

/** Gives a connected client to callers, and replaces it after a call with it has failed. */
export interface TemporalClient {
  /** Begins to connect, so that the first call need not wait for the connection. Never throws. */
  warm(): void;
  /**
   * Runs `call` with the client, each request of it within `deadlineMs` (ms). Whatever `call` throws counts as a failure of the
   * connection: it is thrown on, and the next call opens a new connection.
   */
  use<Result>(deadlineMs: number, call: (client: Client) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** How long until the files of the credentials are read again (ms). */
const LOOK_EVERY_MS = 60_000;

/** A new certificate or key is used when the server accepts it within this time (ms). */
const RENEW_DEADLINE_MS = 5000;

const read = (settings: TemporalSettings) => temporalCredentials(settings, (path) => readFile(path));

async function connect(
  { address, namespace }: TemporalSettings,
  encryption: PayloadEncryption,
  credentials: TemporalCredentials,
): Promise<Client> {
  // The package is loaded here, since it is the largest of the bundle and most functions do without it.
  const { Client, Connection } = await import('@temporalio/client');
  const connection = Connection.lazy({ address, connectTimeout: '5s', ...credentials });
  const payloadCodecs = [payloadCodec({ namespace, ...encryption })];
  const interceptors = { workflow: [startsWithinTheTrace] };
  return new Client({ connection, namespace, dataConverter: { payloadCodecs }, interceptors });
}

const bytes = (text: string) => new TextEncoder().encode(text);

/**
 * Lets a workflow that is started within a span continue its trace. OpenTelemetryWorkflowClientInterceptor does the same, but
 * its package would bring the SDK of the workflow sandbox along.
 */
const startsWithinTheTrace: WorkflowClientInterceptor = {
  startWithDetails(input, next) {
    const traceparent = currentTraceparent();
    if (!traceparent) return next(input);
    const payload = {
      metadata: { encoding: bytes('json/plain') },
      data: bytes(JSON.stringify({ traceparent })),
    };
    return next({ ...input, headers: { ...input.headers, [TEMPORAL_TRACE_HEADER]: payload } });
  },
};

/** A connection, how many calls use it, and whether it is to be closed after them. */
interface Shared {
  client: Promise<Client>;
  credentials: Promise<TemporalCredentials>;
  /** When the credentials' files were last read (ms since 1970). */
  lookedAt: number;
  users: number;
  dropped: boolean;
}

/**
 * Closes a dropped connection once no call uses it. If it were closed before, a call that is about to be retried would throw
 * where nobody can catch it.
 */
async function closeUnused({ client, users, dropped }: Shared): Promise<void> {
  if (!dropped || users > 0) return;
  await client.then(({ connection }) => connection.close()).catch(() => {});
}

/** Drops a connection: it is closed after the calls that use it. */
function drop(shared: Shared): Promise<void> {
  shared.dropped = true;
  return closeUnused(shared);
}

/**
 * A client for `settings`, which connects on first use. The first call after `lookEveryMs` reads the files of a certificate or
 * a key again, while calls go on with the connection that is there.
 */
export function temporalClient(
  settings: TemporalSettings,
  encryption: PayloadEncryption,
  lookEveryMs: number = LOOK_EVERY_MS,
): TemporalClient {
  let current: Shared | undefined;

  function open(credentials: Promise<TemporalCredentials>): Shared {
    const client = credentials.then((found) => connect(settings, encryption, found));
    return { client, credentials, lookedAt: Date.now(), users: 0, dropped: false };
  }

  function connected(): Shared {
    current ??= open(read(settings));
    if (Date.now() - current.lookedAt >= lookEveryMs) {
      current.lookedAt = Date.now();
      // The connection that is there stays in use when a new one cannot be made.
      renew(current).catch(() => {});
    }
    return current;
  }

  /** Replaces the connection by one with the credentials that the files hold now, once the server has accepted them. */
  async function renew(old: Shared): Promise<void> {
    const [used, found] = await Promise.all([old.credentials, read(settings)]);
    if (sameCredentials(used, found)) return;
    const fresh = open(Promise.resolve(found));
    try {
      const { connection } = await fresh.client;
      await connection.withDeadline(Date.now() + RENEW_DEADLINE_MS, () =>
        connection.workflowService.getSystemInfo({}),
      );
    } catch (error) {
      await drop(fresh);
      throw error;
    }
    if (current !== old) return drop(fresh);
    current = fresh;
    await drop(old);
  }

  return {
    warm: () => {
      connected()
        .client.then((client) => client.connection.ensureConnected())
        .catch(() => {});
    },
    async use(deadlineMs, call) {
      const using = connected();
      using.users += 1;
      try {
        const client = await using.client;
        return await client.withDeadline(Date.now() + deadlineMs, () => call(client));
      } catch (error) {
        // Another caller may have replaced the connection already. Only the one that failed is dropped.
        if (current === using) {
          current = undefined;
          using.dropped = true;
          logs.temporalConnectionDropped(error);
        }
        throw error;
      } finally {
        using.users -= 1;
        await closeUnused(using);
      }
    },
    async close() {
      const closing = current;
      current = undefined;
      if (closing) await drop(closing);
    },
  };
}
