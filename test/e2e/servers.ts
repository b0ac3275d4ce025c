/** Clients with admin rights for the stack's servers, by which a test looks past the rules. */

import { randomUUID } from 'node:crypto';
import { Storage, type Bucket } from '@google-cloud/storage';
import { Client, Connection } from '@temporalio/client';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Auth, getAuth } from 'firebase-admin/auth';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { localDataConverter } from '../../local/stack/local-codec.ts';
import type { StackFile } from '../../local/stack/stack-file.ts';

export interface Servers {
  readonly stack: StackFile;
  readonly db: Firestore;
  readonly auth: Auth;
  /** The photo bucket. */
  readonly bucket: Bucket;
  readonly temporal: Client;
  close(): Promise<void>;
}

/** Opens a client for each server. */
export async function openServers(stack: StackFile): Promise<Servers> {
  // The Google clients themselves read these variables.
  Object.assign(process.env, {
    FIRESTORE_EMULATOR_HOST: stack.firestore,
    FIREBASE_AUTH_EMULATOR_HOST: stack.auth,
    METADATA_SERVER_DETECTION: 'none',
  });
  const { projectId } = stack;
  // The app needs a unique name: test files that share a process each open and close one.
  const app = initializeApp({ projectId }, randomUUID());
  const db = getFirestore(app);
  const connection = await Connection.connect({ address: stack.temporal });
  return {
    stack,
    db,
    auth: getAuth(app),
    bucket: new Storage({ apiEndpoint: stack.storage, projectId }).bucket(stack.bucket),
    temporal: new Client({
      connection,
      namespace: stack.temporalNamespace,
      dataConverter: localDataConverter,
    }),
    async close() {
      await db.terminate();
      await deleteApp(app);
      await connection.close();
    },
  };
}
