/** The one Temporal client of an instance: connected on first use, replaced after a failure. */

import { readFile } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import type { TemporalConfig } from './config.ts';
import { logs } from './logs.ts';

/** Gives a connected client to callers, and takes it back from those it failed. */
export interface TemporalClient {
  /** Begins to connect, so that the first call finds it done. Never throws. */
  warm(): void;
  /** Runs `call` with the client, each request of it within `deadlineMs` (ms). What `call` throws counts as a failure. */
  use<Result>(deadlineMs: number, call: (client: Client) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

async function connect(config: TemporalConfig): Promise<Client> {
  // Loaded here, since it is the largest package of the bundle and most functions do without it.
  const { Client, Connection } = await import('@temporalio/client');
  const tls = config.mtls && {
    clientCertPair: {
      crt: await readFile(config.mtls.certPath),
      key: await readFile(config.mtls.keyPath),
    },
  };
  const connection = Connection.lazy({
    address: config.address,
    tls: tls ?? config.apiKey !== undefined,
    connectTimeout: '5s',
    ...(config.apiKey && { apiKey: config.apiKey }),
  });
  return new Client({ connection, namespace: config.namespace });
}

/** A client for `config`; nothing is opened before it is used. */
export function temporalClient(config: TemporalConfig): TemporalClient {
  let current: Promise<Client> | undefined;
  const connected = () => (current ??= connect(config));

  const close = async (closing: Promise<Client> | undefined) => {
    await closing?.then((client) => client.connection.close()).catch(() => {});
  };

  return {
    warm: () => {
      connected()
        .then((client) => client.connection.ensureConnected())
        .catch(() => {});
    },
    async use(deadlineMs, call) {
      const using = connected();
      try {
        const client = await using;
        return await client.withDeadline(Date.now() + deadlineMs, () => call(client));
      } catch (error) {
        // Another caller may have replaced it already; only the one that failed goes.
        if (current === using) {
          current = undefined;
          logs.temporalConnectionDropped(error);
          await close(using);
        }
        throw error;
      }
    },
    close() {
      const closing = current;
      current = undefined;
      return close(closing);
    },
  };
}
