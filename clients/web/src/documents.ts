/** React hooks for the user's documents, which listen while a component is mounted. */

import type { Scan } from '@reddyfit/client';
import { paths } from '@reddyfit/shared/names/paths';
import { collection, doc, limit, onSnapshot, orderBy, query, where } from 'firebase/firestore';
import { useEffect, useState } from 'react';
import type { Services } from './services.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a document of the user: undefined until the server has answered, empty when there is no document. */
export function useFields({ firestore }: Services, path: string): Fields | undefined {
  const [fields, setFields] = useState<Fields>();
  useEffect(
    () =>
      onSnapshot(
        doc(firestore, path),
        (found) => {
          if (found.exists() || !found.metadata.fromCache) setFields(found.data() ?? {});
        },
        // A user who has deleted the account may no longer read it, so there is nothing to show.
        () => setFields({}),
      ),
    [firestore, path],
  );
  return fields;
}

export type ListedScan = Scan & { readonly id: string };

/** The newest scans of the user, newest first; undefined until they have been read. */
export function useScans({ firestore }: Services, uid: string, most: number): ListedScan[] | undefined {
  const [scans, setScans] = useState<ListedScan[]>();
  useEffect(
    () =>
      onSnapshot(
        query(
          collection(firestore, paths.scans()),
          where('userId', '==', uid),
          orderBy('createdAt', 'desc'),
          limit(most),
        ),
        ({ docs }) =>
          setScans(
            docs.map((found) => ({
              ...(found.data({ serverTimestamps: 'estimate' }) as Scan),
              id: found.id,
            })),
          ),
        () => setScans([]),
      ),
    [firestore, uid, most],
  );
  return scans;
}
