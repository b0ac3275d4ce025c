/** The mobile client: the Firebase client SDK, pointed at a running stack. */

import { randomUUID } from 'node:crypto';
import { requestScanUploadResponse, type RequestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { paths } from '@reddyfit/shared/names/paths';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { Scan } from '@reddyfit/shared/scan/document';
import type { WaivableIssue } from '@reddyfit/shared/scan/results';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { deleteApp, initializeApp } from 'firebase/app';
import { connectAuthEmulator, getAuth, signInWithEmailAndPassword } from 'firebase/auth';
import {
  connectFirestoreEmulator,
  doc,
  getFirestore,
  onSnapshot,
  serverTimestamp,
  setDoc,
  setLogLevel,
  terminate,
} from 'firebase/firestore';
import { connectFunctionsEmulator, getFunctions, httpsCallable } from 'firebase/functions';

/** Where a stack answers: host:port of each emulator. */
interface Addresses {
  readonly projectId: string;
  readonly region: string;
  readonly auth: string;
  readonly firestore: string;
  readonly functions: string;
}

interface FollowOptions {
  readonly onChange: (scan: Scan) => void;
  readonly quietMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Client {
  /** Id of the signed-in user. */
  readonly uid: string;
  requestUpload(): Promise<RequestScanUploadResponse>;
  /** Calls a callable. Rejects with a FirebaseError, whose `details.code` names what is wrong. */
  call(name: string, data: unknown): Promise<unknown>;
  /** Creates scans/{scanId}; the server's rules decide. `without`: what the offer of a rejected scan names, once the user agrees. */
  submit(
    upload: RequestScanUploadResponse,
    weightLb: number,
    options?: { without?: readonly WaivableIssue[] },
  ): Promise<void>;
  /**
   * Listens, also before the document exists. Resolves with its final state; rejects when it may not listen, when nothing
   * changes for `quietMs`, and with the signal's reason.
   */
  follow(scanId: string, options: FollowOptions): Promise<Scan>;
  close(): Promise<void>;
}

/** Signs in. Throws when the account or its password is wrong. */
export async function signIn(
  { projectId, region, ...addresses }: Addresses,
  { email, password }: { email: string; password: string },
): Promise<Client> {
  const app = initializeApp({ projectId, apiKey: 'local' }, `phone-${randomUUID()}`);
  const auth = getAuth(app);
  connectAuthEmulator(auth, `http://${addresses.auth}`, { disableWarnings: true });
  const db = getFirestore(app);
  connectFirestoreEmulator(db, ...hostAndPort(addresses.firestore));
  setLogLevel('error');
  const functions = getFunctions(app, region);
  connectFunctionsEmulator(functions, ...hostAndPort(addresses.functions));
  const close = async () => {
    await terminate(db);
    await deleteApp(app);
  };

  let uid: string;
  try {
    ({
      user: { uid },
    } = await signInWithEmailAndPassword(auth, email, password));
  } catch (cause) {
    await close();
    throw new Error(`${email} could not sign in at ${addresses.auth}`, { cause });
  }

  return {
    uid,
    close,
    call: async (name, data) => (await httpsCallable(functions, name)(data)).data,
    async requestUpload() {
      const { data } = await httpsCallable(functions, 'requestScanUpload')({ contentType: 'image/jpeg' });
      return requestScanUploadResponse.parse(data);
    },
    submit: ({ scanId, photoUrls }, weightLb, { without } = {}) =>
      setDoc(doc(db, paths.scan(scanId)), {
        userId: uid,
        photoUrls,
        weightLb,
        ...(without && { without }),
        status: 'submitted',
        createdAt: serverTimestamp(),
      }),
    follow: (scanId, { onChange, quietMs, signal }) =>
      new Promise((resolve, reject) => {
        const settle = (act: () => void) => {
          clearTimeout(quiet);
          signal?.removeEventListener('abort', onAbort);
          stop();
          act();
        };
        const onAbort = () => settle(() => reject(signal!.reason as Error));
        signal?.addEventListener('abort', onAbort);
        const quiet = setTimeout(
          () => settle(() => reject(new Error(`scan ${scanId} has not changed for ${quietMs / 60_000} min`))),
          quietMs,
        );
        const stop = onSnapshot(
          doc(db, paths.scan(scanId)),
          (snapshot) => {
            // Its own write echoes before the server has taken it, with a guessed createdAt.
            if (!snapshot.exists() || snapshot.metadata.hasPendingWrites) return;
            const scan = snapshot.data() as Scan;
            quiet.refresh();
            onChange(scan);
            if (isTerminal(scan.status)) settle(() => resolve(scan));
          },
          (error) => settle(() => reject(error)),
        );
        if (signal?.aborted) onAbort();
      }),
  };
}

/** Sends each photo to its signed URL with exactly the headers that came with it. Throws with the answer of the first that is refused. */
export async function uploadPhotos(
  { uploads }: RequestScanUploadResponse,
  photos: Record<Angle, Buffer>,
): Promise<void> {
  await Promise.all(
    ANGLES.map(async (angle) => {
      const { url, method, headers } = uploads[angle];
      const answer = await fetch(url, { method, headers, body: new Uint8Array(photos[angle]) });
      const text = await answer.text();
      if (!answer.ok)
        throw new Error(`the upload of ${angle}.jpg was refused (${answer.status}): ${text.slice(0, 300)}`);
    }),
  );
}

function hostAndPort(address: string): [host: string, port: number] {
  const { hostname, port } = new URL(`http://${address}`);
  return [hostname, Number(port)];
}
