/** The one Firestore client of an instance. */

import { getApps, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';

let client: Firestore | undefined;

/** Made on first use, so that listing the functions opens nothing. */
export function firestore(): Firestore {
  if (!client) {
    if (getApps().length === 0) initializeApp();
    client = getFirestore();
  }
  return client;
}
