/** Checks that Firestore answers. */

import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { type Check, type Finding, ok } from '../check.ts';
import type { Site } from '../site.ts';
import { askGoogle } from './credentials.ts';

export const firestore: Check = {
  name: 'Firestore',
  run: (site) => askGoogle(site, look),
};

async function look({ projectId }: Site): Promise<Finding | readonly Finding[]> {
  const app = initializeApp({ projectId }, 'doctor');
  try {
    const begun = performance.now();
    // A document that does not exist: this costs one read and touches nobody's data.
    await getFirestore(app).doc('accounts/doctor').get();
    return ok(`${projectId}, ${Math.round(performance.now() - begun)} ms`);
  } finally {
    await getFirestore(app).terminate();
    await deleteApp(app);
  }
}
