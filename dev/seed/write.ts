/** Writes the seed into the running Firestore and Auth emulators that the environment names. Run by dev/seed.ts. */

import { defaultBucket } from '@reddyfit/shared/photos';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { documentsOf } from './documents.ts';
import { people, type Person } from './people.ts';

const env = z
  .object({
    GCLOUD_PROJECT: z.string().startsWith('demo-'),
    FIRESTORE_EMULATOR_HOST: z.string(),
    FIREBASE_AUTH_EMULATOR_HOST: z.string(),
  })
  .parse(process.env);
const projectId = env.GCLOUD_PROJECT;

/** The account with its password hashed the emulator's way, so that it is the same on every run. */
function authAccount({ uid, email, password, displayName, joinedAt }: Person) {
  const salt = `salt-of-${uid}`;
  return {
    localId: uid,
    email,
    emailVerified: true,
    displayName,
    salt,
    passwordHash: `fakeHash:salt=${salt}:password=${password}`,
    createdAt: String(joinedAt.getTime()),
    lastLoginAt: String(joinedAt.getTime()),
    providerUserInfo: [],
  };
}

const created = await fetch(
  `http://${env.FIREBASE_AUTH_EMULATOR_HOST}/identitytoolkit.googleapis.com/v1/projects/${projectId}/accounts:batchCreate`,
  {
    method: 'POST',
    headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
    body: JSON.stringify({ users: people.map(authAccount), allowOverwrite: true }),
  },
);
const { error = [] } = (await created.json()) as { error?: unknown[] };
if (!created.ok || error.length > 0) {
  throw new Error(`the Auth emulator refused the users: ${JSON.stringify(error)}`);
}

const app = initializeApp({ projectId });
const db = getFirestore(app);
const documents = people.flatMap((person) => documentsOf(person, defaultBucket(projectId)));
const batch = db.batch();
for (const { path, fields } of documents) batch.set(db.doc(path), fields);
await batch.commit();
process.stdout.write(`${people.length} users, ${documents.length} documents\n`);
await deleteApp(app);
