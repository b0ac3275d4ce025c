/** The one Firestore client of an instance. */

import { getApps, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';

let client: Firestore | undefined;

/** The client is made on first use, so that listing the functions opens nothing. */
export function firestore(): Firestore {
  // firebase-functions makes an app of its own for the event's snapshot, so there may be apps without there
  // being a default one.
  client ??= getFirestore(getApps().find((app) => app.name === '[DEFAULT]') ?? initializeApp());
  return client;
}
