/** Sets up tests of callables: the servers of the suite, users, photos in the bucket, and calls as the platform makes them. */

import { randomUUID } from 'node:crypto';
import { Storage } from '@google-cloud/storage';
import { objects, paths } from '@reddyfit/shared/names/paths';
import { ANGLES } from '@reddyfit/shared/scan/photos';
import { getAuth } from 'firebase-admin/auth';
import type { CallableFunction } from 'firebase-functions/v2/https';
import functionsTest from 'firebase-functions-test';
import { inject } from 'vitest';
import { scanStage, workflowsAt } from './scan-fixture.ts';
import { loadTrigger } from './trigger.ts';

/** What a call carries besides its data. */
export interface Caller {
  uid?: string;
  /** Custom claims. */
  token?: Record<string, unknown>;
  /** Whether App Check has verified the app. */
  app?: boolean;
}

/** The claims of a sign-in with a second factor, at this moment. */
const signedInNow = () => ({
  auth_time: Math.ceil(Date.now() / 1000),
  firebase: { sign_in_second_factor: 'phone' },
});

/** Makes the account of an operator or an administrator, with these custom claims. The Auth emulator must run. */
export async function appoint(uid: string, claims: object): Promise<void> {
  const auth = getAuth();
  await auth.createUser({ uid });
  await auth.setCustomUserClaims(uid, claims);
}

/** `temporal` is host:port; the suite's Temporal server when absent. */
export async function callableStage(projectId: string, { temporal }: { temporal?: string } = {}) {
  Object.assign(process.env, {
    STORAGE_API_ENDPOINT: `http://${inject('storage')}`,
    ENFORCE_APP_CHECK: 'false',
  });
  const { deliver, db, bucket } = await loadTrigger(projectId, {
    firestore: inject('firestore'),
    temporal: temporal ?? inject('temporal'),
  });
  const storage = new Storage({ apiEndpoint: `http://${inject('storage')}`, projectId });
  const photos = storage.bucket(bucket);
  const workflows = await workflowsAt(inject('temporal'));
  const { wrap } = functionsTest({ projectId });
  const stage = scanStage(db, bucket);

  /** Calls the callable as `Caller`. */
  const callAs =
    <Response>(callable: CallableFunction<unknown, Promise<Response>>) =>
    ({ uid, token = {}, app }: Caller, data: unknown): Promise<Response> =>
      wrap(callable as never)({
        data,
        ...(uid !== undefined && { auth: { uid, token: { ...signedInNow(), ...token } } }),
        ...(app && { app: { appId: 'app', token: {} } }),
      } as never) as Promise<Response>;

  return {
    ...stage,
    db,
    deliver,
    callAs,
    workflows,
    /** Makes a submitted scan of a new user, with its photos uploaded. */
    async submittedScan(changes: object = {}) {
      const ids = await stage.person();
      await stage.submit(ids, changes);
      await this.upload(ids);
      return ids;
    },
    /** Uploads something in the place of each photo. */
    async upload({ uid, scanId }: { uid: string; scanId: string }) {
      await Promise.all(ANGLES.map((angle) => photos.file(objects.photo(uid, scanId, angle)).save('photo')));
    },
    async photosOf({ uid, scanId }: { uid: string; scanId: string }) {
      return (await photos.getFiles({ prefix: objects.scanFolder(uid, scanId) }))[0].length;
    },
    /** The custom time of each photo, from which the bucket's lifecycle rule counts. */
    async customTimesOf({ uid, scanId }: { uid: string; scanId: string }) {
      const [files] = await photos.getFiles({ prefix: objects.scanFolder(uid, scanId) });
      return Promise.all(files.map(async (file) => (await file.getMetadata())[0].customTime));
    },
    /** The sum of the amounts of all ledger entries. */
    async ledgerSum(uid: string) {
      const entries = await db.collection(paths.ledger(uid)).get();
      return entries.docs.reduce((sum, entry) => sum + (entry.get('amount') as number), 0);
    },
    /** How often the scan's workflow was asked to cancel. */
    async cancelRequests(scanId: string): Promise<number> {
      const { events } = await workflows.handle(scanId).fetchHistory();
      return (events ?? []).filter((event) => event.workflowExecutionCancelRequestedEventAttributes).length;
    },
    async close() {
      await workflows.close();
      await db.terminate();
    },
  };
}

export type CallableStage = Awaited<ReturnType<typeof callableStage>>;

/** A scan id that nobody has used. */
export const newScanId = () => randomUUID();
