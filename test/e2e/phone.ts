/**
 * A test's phone: the client, and besides it single steps and a bare listener, for tests that do what no client would do or
 * omit.
 */

import type { RequestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { requestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { type Angle, ANGLES } from '@reddyfit/shared/scan/photos';
import { fetchTransport, type ReddyFitClient } from '@reddyfit/client';
import { signIn, type StackAddresses } from '@reddyfit/client/emulators';
import { doc, onSnapshot, serverTimestamp, setDoc } from 'firebase/firestore';

export interface Phone {
  /** Id of the signed-in user. */
  readonly uid: string;
  readonly client: ReddyFitClient;
  /** Calls a callable; rejects with a ReddyFitError. */
  call(name: string, data: unknown): Promise<unknown>;
  requestUpload(): Promise<RequestScanUploadResponse>;
  /** Sends each photo with exactly the headers that came with its URL. Rejects when one is refused. */
  upload(upload: RequestScanUploadResponse, photos: Record<Angle, Uint8Array>): Promise<void>;
  /** Creates scans/{scanId} without the field that describes the uploaded photos. */
  submit(upload: RequestScanUploadResponse, weightLb: number): Promise<void>;
  /**
   * Calls `onScan` for every state that the server sends, including states that a client would not show, until the returned
   * function is called.
   */
  listen(scanId: string, onScan: (scan: Scan) => void, onError: (error: Error) => void): () => void;
  close(): Promise<void>;
}

/** Signs in. */
export async function openPhone(
  stack: StackAddresses,
  account: { email: string; password: string },
): Promise<Phone> {
  const { client, firestore, close } = await signIn(stack, account);
  const { uid } = client;
  return {
    uid,
    client,
    close,
    call: (name, data) => client.call(name, data),
    requestUpload: async () => requestScanUploadResponse.parse(await client.call('requestScanUpload', {})),
    async upload({ uploads }, photos) {
      await Promise.all(
        ANGLES.map(async (angle) => {
          const { url, headers } = uploads[angle];
          const { signal } = new AbortController();
          const body = photos[angle];
          const { status } = await fetchTransport.put({
            url,
            headers,
            body,
            signal,
            onSent: () => undefined,
          });
          if (status !== 200) throw new Error(`the ${angle} photo was refused (${status})`);
        }),
      );
    },
    submit: ({ scanId, photoUrls }, weightLb) =>
      setDoc(doc(firestore, paths.scan(scanId)), {
        userId: uid,
        photoUrls,
        weightLb,
        status: 'submitted',
        createdAt: serverTimestamp(),
      }),
    listen: (scanId, onScan, onError) =>
      onSnapshot(
        doc(firestore, paths.scan(scanId)),
        (snapshot) => {
          // The phone's own write is echoed before the server has accepted it, with an estimated createdAt.
          if (snapshot.exists() && !snapshot.metadata.hasPendingWrites) onScan(snapshot.data() as Scan);
        },
        onError,
      ),
  };
}
