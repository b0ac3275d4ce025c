/** Firebase and the client. They are made once, at the start of the app or when the system wakes it in the background. */

import AsyncStorage from '@react-native-async-storage/async-storage';
import NetInfo from '@react-native-community/netinfo';
import { createClient, type ReddyFitClient } from '@reddyfit/client';
import { Directory, Paths } from 'expo-file-system';
import { initializeApp } from 'firebase/app';
import { type Auth, connectAuthEmulator, getReactNativePersistence, initializeAuth } from 'firebase/auth';
import { connectFirestoreEmulator, type Firestore, initializeFirestore } from 'firebase/firestore';
import { connectFunctionsEmulator, getFunctions } from 'firebase/functions';
import { AppState } from 'react-native';
import { clear, fileTransport } from '../logic/file-transport.ts';
import { folderLedger } from '../logic/ledger.ts';
import { phoneWake } from '../logic/phone-wake.ts';
import { expoFolder } from './expo-files.ts';
import { expoUpload } from './expo-upload.ts';
import { expoPreparePhoto } from './prepare-photo.ts';

export interface Services {
  readonly auth: Auth;
  readonly firestore: Firestore;
  readonly client: ReddyFitClient;
  /** Deletes the files that uploads have left. Call it when no draft is waiting, and at sign-out. */
  clearUploads(): Promise<void>;
}

let opened: Services | undefined;

/** Makes the services at the first call; later calls return the same ones. */
export function services(): Services {
  return (opened ??= open());
}

/**
 * Photos are kept where the system neither shows nor clears them. Files that can be made again are in the cache, which the
 * system may clear.
 */
const LEDGER = () => new Directory(Paths.document, 'reddyfit-drafts');
const UPLOADS = () => new Directory(Paths.cache, 'reddyfit-uploads');
const DRAWING = () => new Directory(Paths.cache, 'reddyfit-drawing');

function open(): Services {
  const app = initializeApp({
    projectId: process.env.EXPO_PUBLIC_FIREBASE_PROJECT ?? 'demo-reddyfit',
    apiKey: process.env.EXPO_PUBLIC_FIREBASE_API_KEY ?? 'local',
    appId: process.env.EXPO_PUBLIC_FIREBASE_APP_ID ?? 'local',
  });
  // Without persistence a user would have to sign in at each start.
  const auth = initializeAuth(app, { persistence: getReactNativePersistence(AsyncStorage) });
  // Requests of React Native do not stream; Firestore detects that by itself.
  const firestore = initializeFirestore(app, { experimentalAutoDetectLongPolling: true });
  const functions = getFunctions(app, 'us-central1');
  // The ports are those of .local/stack.json; the host is the computer's address as the phone sees it, such as
  // `192.168.1.20`.
  const local = process.env.EXPO_PUBLIC_STACK_HOST;
  if (local) {
    connectAuthEmulator(auth, `http://${local}:${process.env.EXPO_PUBLIC_AUTH_PORT}`, {
      disableWarnings: true,
    });
    connectFirestoreEmulator(firestore, local, Number(process.env.EXPO_PUBLIC_FIRESTORE_PORT));
    connectFunctionsEmulator(functions, local, Number(process.env.EXPO_PUBLIC_FUNCTIONS_PORT));
  }
  const uploads = expoFolder(UPLOADS());
  const client = createClient({
    auth,
    firestore,
    functions,
    storage: folderLedger(expoFolder(LEDGER())),
    transport: fileTransport(uploads, expoUpload(UPLOADS())),
    preparePhoto: expoPreparePhoto(DRAWING()),
    wake: phoneWake(AppState, NetInfo),
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
  });
  return { auth, firestore, client, clearUploads: () => clear(uploads) };
}
