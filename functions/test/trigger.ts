/** The created trigger as the platform calls it, configured for the servers of the suite. */

import type { Firestore } from 'firebase-admin/firestore';
import functionsTest from 'firebase-functions-test';
import { defaultBucket } from '@reddyfit/shared/photos';

/** A delivery of the created event; `time` is when the document was created (ISO 8601), now when absent. */
export type Deliver = (scanId: string, time?: string) => Promise<void>;

/**
 * Loads the function for one test file. Its Firestore project is named by the file, so that files share no data;
 * `temporal` is host:port, and need not answer yet.
 */
export async function loadTrigger(projectId: string, servers: { firestore: string; temporal: string }) {
  Object.assign(process.env, {
    FIRESTORE_EMULATOR_HOST: servers.firestore,
    TEMPORAL_ADDRESS: servers.temporal,
    TEMPORAL_API_KEY: 'none',
    GCLOUD_PROJECT: projectId,
    GOOGLE_CLOUD_PROJECT: projectId,
    FIREBASE_CONFIG: JSON.stringify({ projectId }),
    METADATA_SERVER_DETECTION: 'none',
  });
  const { wrap, cleanup } = functionsTest({ projectId });
  const { onScanCreated } = await import('../src/on-scan-created.ts');
  const { firestore } = await import('../src/firestore.ts');
  const call = wrap(onScanCreated);
  const deliver: Deliver = async (scanId, time = new Date().toISOString()) => {
    await call({ params: { scanId }, time });
  };
  const db: Firestore = firestore();
  return { deliver, db, bucket: defaultBucket(projectId), cleanup };
}
