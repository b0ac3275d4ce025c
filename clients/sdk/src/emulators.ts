/** `@reddyfit/client/emulators`: a client of a stack that runs on one machine, for demos and tests. */

import { type FirebaseApp, deleteApp, initializeApp } from 'firebase/app';
import { type Auth, connectAuthEmulator, getAuth, signInWithEmailAndPassword } from 'firebase/auth';
import {
  connectFirestoreEmulator,
  type Firestore,
  getFirestore,
  setLogLevel,
  terminate,
} from 'firebase/firestore';
import { connectFunctionsEmulator, type Functions, getFunctions } from 'firebase/functions';
import { type ClientOptions, createClient, type ReddyFitClient } from './client.ts';

/** The addresses of a stack, as in `.local/stack.json`: host:port of each emulator. */
export interface StackAddresses {
  readonly projectId: string;
  readonly region: string;
  readonly auth: string;
  readonly firestore: string;
  readonly functions: string;
}

/** A client, and the Firebase objects that it uses. */
export interface LocalClient {
  readonly client: ReddyFitClient;
  readonly app: FirebaseApp;
  readonly auth: Auth;
  readonly firestore: Firestore;
  readonly functions: Functions;
  /** Ends the connections. */
  close(): Promise<void>;
}

let opened = 0;

/**
 * Signs in with a Firebase app of its own, so that several users can be signed in at once. Rejects when the account
 * does not exist or the password is wrong.
 */
export async function signIn(
  { projectId, region, ...addresses }: StackAddresses,
  { email, password }: { email: string; password: string },
  options: Partial<Omit<ClientOptions, 'auth' | 'firestore' | 'functions'>> = {},
): Promise<LocalClient> {
  opened += 1;
  const app = initializeApp({ projectId, apiKey: 'local' }, `reddyfit-${opened}`);
  const auth = getAuth(app);
  connectAuthEmulator(auth, `http://${addresses.auth}`, { disableWarnings: true });
  const firestore = getFirestore(app);
  connectFirestoreEmulator(firestore, ...hostAndPort(addresses.firestore));
  setLogLevel('error');
  const functions = getFunctions(app, region);
  connectFunctionsEmulator(functions, ...hostAndPort(addresses.functions));
  const close = async () => {
    await terminate(firestore);
    await deleteApp(app);
  };
  try {
    await signInWithEmailAndPassword(auth, email, password);
  } catch (cause) {
    await close();
    throw new Error(`${email} could not sign in at ${addresses.auth}`, { cause });
  }
  const client = createClient({ ...options, auth, firestore, functions });
  return { client, app, auth, firestore, functions, close };
}

function hostAndPort(address: string): [host: string, port: number] {
  const { hostname, port } = new URL(`http://${address}`);
  return [hostname, Number(port)];
}
