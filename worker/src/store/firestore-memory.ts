/** Memory in users/{uid}/memories, recalled with Firestore's vector search. */

import { paths } from '@reddyfit/shared/names/paths';
import { FieldValue, type Firestore, Timestamp } from 'firebase-admin/firestore';
import type { Memory, MemoryKeeper } from './ports.ts';
import type { Model } from '../model/model.ts';

/** The memories in `db`, embedded by `model`. Needs the vector index of firestore.indexes.json. */
export function firestoreMemory(db: Firestore, model: Pick<Model, 'embed'>): Memory & MemoryKeeper {
  return {
    async recall(uid, query, limit, signal) {
      const queryVector = await model.embed(query, signal);
      const nearest = await db
        .collection(paths.memories(uid))
        .findNearest({ vectorField: 'embedding', queryVector, limit, distanceMeasure: 'COSINE' })
        .get();
      return nearest.docs.map((document) => document.get('text') as string);
    },

    async remember(uid, scanId, text, signal) {
      const embedding = FieldValue.vector(await model.embed(text, signal));
      await db.doc(paths.memory(uid, scanId)).set({ text, embedding, scanId, createdAt: Timestamp.now() });
    },

    async all(uid) {
      const memories = await db.collection(paths.memories(uid)).select('text', 'scanId').get();
      return memories.docs.map((memory) => memory.data() as { scanId: string; text: string });
    },

    async forget(uid, scanId) {
      await db.doc(paths.memory(uid, scanId)).delete();
    },

    async forgetAll(uid) {
      await db.recursiveDelete(db.collection(paths.memories(uid)));
    },
  };
}
