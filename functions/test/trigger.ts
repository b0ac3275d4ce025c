/** Calls the triggers as the platform does, configured for the servers of the suite. */

import { Storage } from '@google-cloud/storage';
import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { Change, type CloudFunction } from 'firebase-functions/v2';
import functionsTest from 'firebase-functions-test';
import type { FirestoreEvent } from 'firebase-functions/v2/firestore';
import { inject } from 'vitest';
import { defaultBucket } from '@reddyfit/shared/scan/photos';

/** host:port of each server. `temporal` need not answer yet. */
interface Addresses {
  firestore: string;
  temporal: string;
}

/** Delivers the created event of a scan; `time` is when the document was created (ISO 8601), now when absent. */
export type Deliver = (scanId: string, time?: string) => Promise<void>;

/**
 * Delivers the written event of the document at `path`: with its current content and the current time, unless `event`
 * says otherwise.
 */
export type DeliverWrite = (
  path: string,
  event?: { after?: DocumentSnapshot; time?: string },
) => Promise<void>;

type WrittenTrigger = CloudFunction<
  FirestoreEvent<Change<DocumentSnapshot> | undefined, Record<string, string>>
>;

/** Calls a function as the platform does, with an event that has only the fields that the functions read. */
export const calling =
  (fn: { run: (event: never) => unknown }) =>
  async (event: object): Promise<void> => {
    await fn.run(event as never);
  };

/** Loads onScanCreated for one test file. `projectId` is the test file's own, so that files share no data. */
export async function loadTrigger(projectId: string, servers: Addresses) {
  setEnvironment(projectId, servers);
  const bucket = defaultBucket(projectId);
  await openBucket(bucket);
  const { onScanCreated } = await import('../src/triggers/on-scan-created.ts');
  const call = functionsTest({ projectId }).wrap(onScanCreated);
  const deliver: Deliver = async (scanId, time = new Date().toISOString()) => {
    await call({ params: { scanId }, time });
  };
  return { deliver, db: await openedFirestore(), bucket };
}

/** Loads a trigger of the written event for one test file, as loadTrigger does. */
export async function loadWriteTrigger<Params extends Record<string, string>>(
  projectId: string,
  servers: Addresses,
  load: () => Promise<CloudFunction<FirestoreEvent<Change<DocumentSnapshot> | undefined, Params>>>,
) {
  setEnvironment(projectId, servers);
  const trigger = (await load()) as unknown as WrittenTrigger;
  const db = await openedFirestore();
  const call = calling(trigger);
  const deliver: DeliverWrite = async (path, event = {}) => {
    const after = event.after ?? (await db.doc(path).get());
    await call({
      params: paramsOf(trigger, path),
      time: event.time ?? new Date().toISOString(),
      // The triggers do not read the content from before the write.
      data: Change.fromObjects(after, after),
    });
  };
  return { deliver, db };
}

/** Makes the photo bucket, from which a refused scan's photos are deleted, unless it exists. */
async function openBucket(bucket: string): Promise<void> {
  const storage = new Storage({ apiEndpoint: `http://${inject('storage')}`, projectId: 'demo' });
  if (!(await storage.bucket(bucket).exists())[0]) await storage.createBucket(bucket);
}

function setEnvironment(projectId: string, servers: Addresses): void {
  Object.assign(process.env, {
    FIRESTORE_EMULATOR_HOST: servers.firestore,
    TEMPORAL_ADDRESS: servers.temporal,
    STORAGE_API_ENDPOINT: `http://${inject('storage')}`,
    TEMPORAL_API_KEY: 'none',
    TEMPORAL_CLIENT_CERT: 'none',
    TEMPORAL_CLIENT_KEY: 'none',
    PAYLOAD_ENCRYPTION_KEYS: 'none',
    GCLOUD_PROJECT: projectId,
    GOOGLE_CLOUD_PROJECT: projectId,
    FIREBASE_CONFIG: JSON.stringify({ projectId }),
    METADATA_SERVER_DETECTION: 'none',
  });
}

async function openedFirestore(): Promise<Firestore> {
  const { firestore } = await import('../src/platform/firestore.ts');
  return firestore();
}

/** The parameters that a trigger's pattern (`users/{uid}/…`) takes from a path. */
function paramsOf({ __endpoint }: WrittenTrigger, path: string): Record<string, string> {
  const pattern = String(__endpoint.eventTrigger?.eventFilterPathPatterns?.['document']);
  const ids = path.split('/');
  return Object.fromEntries(
    pattern
      .split('/')
      .flatMap((part, index) => (part.startsWith('{') ? [[part.slice(1, -1), ids[index]!]] : [])),
  );
}
