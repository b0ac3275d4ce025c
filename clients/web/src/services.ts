/** The services for a signed-in user: Firestore, and the client that uses it and the functions. */

import { createClient, type ReddyFitClient } from '@reddyfit/client';
import { connectFirestoreEmulator, type Firestore, getFirestore } from 'firebase/firestore';
import { connectFunctionsEmulator, getFunctions } from 'firebase/functions';
import type { Session } from './session.ts';

export interface Services {
  readonly firestore: Firestore;
  readonly client: ReddyFitClient;
}

let opened: Services | undefined;

/** Opens the services. A second call returns the same ones. */
export function servicesOf({ app, auth, emulators }: Session, locale: string): Services {
  if (opened) return opened;
  const firestore = getFirestore(app);
  const functions = getFunctions(app, 'us-central1');
  if (emulators) {
    connectFirestoreEmulator(firestore, ...hostAndPort(emulators.firestore));
    connectFunctionsEmulator(functions, ...hostAndPort(emulators.functions));
  }
  opened = { firestore, client: createClient({ auth, firestore, functions, locale }) };
  return opened;
}

function hostAndPort(address: string): [string, number] {
  const [host = '', port] = address.split(':');
  return [host, Number(port)];
}
