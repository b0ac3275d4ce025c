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
import type { Client, WorkflowClientInterceptor, WorkflowStartInput } from '@temporalio/client';
import { logs } from './logs.ts';
import { currentTraceparent } from './tracing.ts';

/** Gives a connected client to callers, and takes it back from those it failed. */
export interface TemporalClient {
  /** Begins to connect, so that the first call finds it done. Never throws. */
  warm(): void;
  /** Runs `call` with the client, each request of it within `deadlineMs` (ms). What `call` throws counts as a failure. */
  use<Result>(deadlineMs: number, call: (client: Client) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Time between two looks at the files that prove who we are (ms). */
const LOOK_EVERY_MS = 60_000;

/** A new certificate or key is used when the server takes it within this time (ms). */
const RENEW_DEADLINE_MS = 5000;

const read = (settings: TemporalSettings) => temporalCredentials(settings, (path) => readFile(path));

async function connect(
  { address, namespace }: TemporalSettings,
  encryption: PayloadEncryption,
  credentials: TemporalCredentials,
): Promise<Client> {
  // Loaded here, since it is the largest package of the bundle and most functions do without it.
  const { Client, Connection } = await import('@temporalio/client');
  const connection = Connection.lazy({ address, connectTimeout: '5s', ...credentials });
  const payloadCodecs = [payloadCodec({ namespace, ...encryption })];
  const interceptors = { workflow: [startsWithinTheTrace] };
  return new Client({ connection, namespace, dataConverter: { payloadCodecs }, interceptors });
}

const bytes = (text: string) => new TextEncoder().encode(text);

/**
 * A workflow that is started within a span continues its trace. As OpenTelemetryWorkflowClientInterceptor does it, whose package would
 * bring the SDK of the sandbox along.
 */
const startsWithinTheTrace: WorkflowClientInterceptor = {
  startWithDetails: (input, next) => next(withinTrace(input)),
  signalWithStart: (input, next) => next(withinTrace(input)),
};

function withinTrace<Input extends Pick<WorkflowStartInput, 'headers'>>(input: Input): Input {
  const traceparent = currentTraceparent();
  if (!traceparent) return input;
  const payload = {
    metadata: { encoding: bytes('json/plain') },
    data: bytes(JSON.stringify({ traceparent })),
  };
  return { ...input, headers: { ...input.headers, [TEMPORAL_TRACE_HEADER]: payload } };
}

/** A connection, the calls that are using it, and whether it is to be closed after them. */
interface Shared {
  client: Promise<Client>;
  credentials: Promise<TemporalCredentials>;
  /** When the credentials' files were last looked at (ms since 1970). */
  lookedAt: number;
  users: number;
  dropped: boolean;
}

/** Closes it, once nobody uses it: a call that is about to be retried would throw where nobody can catch it. */
async function closeUnused({ client, users, dropped }: Shared): Promise<void> {
  if (!dropped || users > 0) return;
  await client.then(({ connection }) => connection.close()).catch(() => {});
}

/** Closes it after the calls that use it. */
function drop(shared: Shared): Promise<void> {
  shared.dropped = true;
  return closeUnused(shared);
}

/**
 * A client for `settings`; nothing is opened before it is used. Files of a certificate or a key are looked at again every
 * `lookEveryMs`, while calls go on with what they have.
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
      // What is there is good until it fails.
      renew(current).catch(() => {});
    }
    return current;
  }

  /** Goes over to what the files hold now, once the server has taken it. */
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
        // Another caller may have replaced it already; only the one that failed goes.
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
