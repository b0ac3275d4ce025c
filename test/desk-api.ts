/** The HTTP API of the operator's desk by itself, for what needs servers of its own and no functions that answer to writes. */

import { serveApi } from './serve-api.ts';

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
  const api = await serveApi();
  const { firestore } = await import('../functions/src/platform/firestore.ts');
  const db = firestore();
  return {
    /** Without a path. */
    address: api.address,
    db,
    async close(): Promise<void> {
      api.close();
      await db.terminate();
    },
  };
}
