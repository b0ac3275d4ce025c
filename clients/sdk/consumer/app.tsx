/** A strict project that uses the whole package, to be compiled against what is published. */

import {
  asGiven,
  browserWake,
  type ClientErrorCode,
  ClosedError,
  createClient,
  type Draft,
  fetchTransport,
  indexedDbStorage,
  memoryStorage,
  type PreparePhoto,
  type ReddyFitClient,
  ReddyFitError,
  type Scan,
  type ScanHandle,
  type ScanSnapshot,
  type ScanWatch,
  type Transport,
  UPLOAD_TIMES,
  type Wake,
  WATCH_TIMES,
} from '@reddyfit/client';
import { signIn } from '@reddyfit/client/emulators';
import { ReddyFitProvider, useReddyFit, useScan } from '@reddyfit/client/react';
import { initializeApp } from 'firebase/app';
import { getAuth } from 'firebase/auth';
import { getFirestore } from 'firebase/firestore';
import { getFunctions } from 'firebase/functions';

const app = initializeApp({ projectId: 'p', apiKey: 'k' });
const prepared: PreparePhoto = asGiven;
const wake: Wake = browserWake();
const transport: Transport = fetchTransport;
export const client: ReddyFitClient = createClient({
  auth: getAuth(app),
  firestore: getFirestore(app),
  functions: getFunctions(app, 'us-central1'),
  storage: memoryStorage(),
  preparePhoto: prepared,
  wake,
  transport,
  uploadTimes: { stallAfterMs: UPLOAD_TIMES.stallAfterMs },
  watchTimes: { staleAfterMs: WATCH_TIMES.staleAfterMs },
});

export function View({ scan }: { scan: string | ScanWatch | null }) {
  const snapshot: ScanSnapshot = useScan(scan);
  const percent: number | undefined = snapshot.scan?.results?.estimation?.bodyFatPercent;
  const waist: number | undefined = snapshot.scan?.results?.estimation?.measurements?.waist?.cm;
  const at: number | undefined = snapshot.scan?.createdAt.toMillis();
  const { uid } = useReddyFit();
  return (
    <ReddyFitProvider client={client}>
      {[snapshot.phase, percent, waist, at, snapshot.upload?.sentBytes, uid].join(' ')}
    </ReddyFitProvider>
  );
}

const bytes = new Uint8Array(3);
const photos = { front: bytes, back: bytes, left: bytes, right: bytes };
export const handle: ScanHandle = client.startScan(
  { photos, weight: { kg: 70 } },
  { onFinished: ({ status }: Scan) => void status },
);
client.startScan({ photos: { left: bytes }, retakeOf: 'scan', weight: { lb: 150 } });
// @ts-expect-error -- A photo is missing.
client.startScan({ photos: { front: bytes, back: bytes, left: bytes }, weight: { kg: 70 } });
// @ts-expect-error -- There is no such unit.
client.startScan({ photos, weight: { stone: 11 } });
// @ts-expect-error -- There is no such field.
void client.saveProfile({ height: 168 });
// @ts-expect-error -- A scan does not complete without this step, so it never runs again.
void client.retryScanStep('scan', 'estimation');

export async function use(): Promise<string> {
  try {
    await handle.submitted;
  } catch (error) {
    if (error instanceof ClosedError) return 'closed';
    if (!(error instanceof ReddyFitError)) throw error;
    const code: ClientErrorCode = error.code;
    // @ts-expect-error -- There is no such code.
    if (code === 'NoSuchError') return 'never';
    return code === 'InsufficientCreditsError' ? 'none left' : String(error.retryAfterSeconds?.toFixed());
  }
  const [draft]: Draft[] = await client.drafts();
  const { status } = await client.cancelScan('scan');
  const answer: 'canceling' | 'completed' | 'rejected' | 'failed' | 'canceled' = status;
  await client.retryScanStep('scan', 'nutrition');
  await client.saveProfile({ sex: 'female', birthDate: '1990-05-17', heightCm: 168 });
  await client.registerDevice({ token: 'token', platform: 'web' });
  const { url } = await client.exportMyData();
  return [draft?.id, answer, url].join();
}
export { indexedDbStorage, signIn };
