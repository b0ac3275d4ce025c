/** Documents of the user as React has them: heard while a component shows them. */

import type { Scan } from '@reddyfit/client';
import { paths } from '@reddyfit/shared/names/paths';
import { collection, doc, limit, onSnapshot, orderBy, query, where } from 'firebase/firestore';
import { useEffect, useState } from 'react';
import type { Services } from './services.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A document of the user: undefined until the server was heard, empty when there is none. */
export function useFields({ firestore }: Services, path: string): Fields | undefined {
  const [fields, setFields] = useState<Fields>();
  useEffect(
    () =>
      onSnapshot(
        doc(firestore, path),
        (found) => {
          if (found.exists() || !found.metadata.fromCache) setFields(found.data() ?? {});
        },
        // Whoever deleted the account may no longer look: there is nothing to see.
        () => setFields({}),
      ),
    [firestore, path],
  );
  return fields;
}

export type ListedScan = Scan & { readonly id: string };

/** The newest scans of the user, newest first; undefined until they were heard. */
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
