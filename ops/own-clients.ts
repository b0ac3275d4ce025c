/**
 * Clients that a command makes from its own environment. The worker's image contains such commands (promote, schedules,
 * codec-server), so this file imports nothing of the functions or the local stack.
 */

import { type TemporalSettings, temporalSettings } from '@reddyfit/shared/temporal/settings';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Auth, getAuth } from 'firebase-admin/auth';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { connectToTemporal } from '../worker/src/platform/temporal-connection.ts';

/** The database and the users of a project, or of the emulators that the environment names. */
export function openFirebase(projectId: string): { db: Firestore; auth: Auth; close(): Promise<void> } {
  const app = initializeApp({ projectId });
  const db = getFirestore(app);
  return {
    db,
    auth: getAuth(app),
    async close() {
      await db.terminate();
      await deleteApp(app);
    },
  };
}

/**
 * Connects to the Temporal server that the TEMPORAL_* variables of this process name, as the worker does. The caller closes
 * the connection.
 */
export async function temporalOfEnvironment() {
  const settings: TemporalSettings = temporalSettings.parse(process.env);
  const { namespace, taskQueue } = settings;
  return { connection: await connectToTemporal(settings), namespace, taskQueue };
}
