/** The HTTP API of the operator's desk by itself, for what needs servers of its own and no functions that answer to writes. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { http, type HttpFunction } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';

/** Serves the API in this process, by Firestore and Auth (host:port) of this project. Call it once: modules read their settings when they are loaded. */
export async function serveDeskApi(projectId: string, servers: { firestore: string; auth: string }) {
  Object.assign(process.env, {
    FIRESTORE_EMULATOR_HOST: servers.firestore,
    FIREBASE_AUTH_EMULATOR_HOST: servers.auth,
    TEMPORAL_API_KEY: 'none',
    TEMPORAL_CLIENT_CERT: 'none',
    TEMPORAL_CLIENT_KEY: 'none',
    PAYLOAD_ENCRYPTION_KEYS: 'none',
    OPERATOR_SECOND_FACTOR: 'false',
    // More pages than one operator may ask for.
    OPERATOR_LIMITS: 'find:100000',
    GCLOUD_PROJECT: projectId,
    GOOGLE_CLOUD_PROJECT: projectId,
    FIREBASE_CONFIG: JSON.stringify({ projectId }),
    METADATA_SERVER_DETECTION: 'none',
  });
  const { api } = await import('../functions/src/http/api.ts');
  const { firestore } = await import('../functions/src/platform/firestore.ts');
  // Cast, because the two types come from different versions of Express.
  http('api', api as unknown as HttpFunction);
  const server = getTestServer('api').listen(0, '127.0.0.1');
  await once(server, 'listening');
  const db = firestore();
  return {
    /** Without a path. */
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    db,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await db.terminate();
    },
  };
}
