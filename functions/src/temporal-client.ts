/** The one Temporal client of an instance: connected on first use, replaced after a failure. */

import { readFile } from 'node:fs/promises';
import { payloadCodec } from '@reddyfit/shared/payload-codec';
import type { PayloadEncryption } from '@reddyfit/shared/payload-encryption';
import type { TemporalSettings } from '@reddyfit/shared/temporal-settings';
import { TEMPORAL_TRACE_HEADER } from '@reddyfit/shared/traces';
import type { Client, WorkflowClientInterceptor } from '@temporalio/client';
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

async function connect(settings: TemporalSettings, encryption: PayloadEncryption): Promise<Client> {
  // Loaded here, since it is the largest package of the bundle and most functions do without it.
  const { Client, Connection } = await import('@temporalio/client');
  const { clientCertPath, clientKeyPath, apiKey } = settings;
  const mtls =
    clientCertPath && clientKeyPath
      ? { clientCertPair: { crt: await readFile(clientCertPath), key: await readFile(clientKeyPath) } }
      : undefined;
  const connection = Connection.lazy({
    address: settings.address,
    tls: mtls ?? apiKey !== undefined,
    connectTimeout: '5s',
    ...(apiKey && { apiKey }),
  });
  const { namespace } = settings;
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

/** A connection, the calls that are using it, and whether it is to be closed after them. */
interface Shared {
  client: Promise<Client>;
  users: number;
  dropped: boolean;
}

/** Closes it, once nobody uses it: a call that is about to be retried would throw where nobody can catch it. */
async function closeUnused({ client, users, dropped }: Shared): Promise<void> {
  if (!dropped || users > 0) return;
  await client.then(({ connection }) => connection.close()).catch(() => {});
}

/** A client for `settings`; nothing is opened before it is used. */
export function temporalClient(settings: TemporalSettings, encryption: PayloadEncryption): TemporalClient {
  let current: Shared | undefined;
  const connected = () => (current ??= { client: connect(settings, encryption), users: 0, dropped: false });

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
      if (!closing) return;
      closing.dropped = true;
      await closeUnused(closing);
    },
  };
}
