/** Scans as Firestore has them. */

import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { doc, type Firestore, getDocFromServer, onSnapshot } from 'firebase/firestore';
import { asClientError, clientError } from './client-error.ts';
import type { ScanSource } from './watch.ts';

/** Reads scans of the signed-in user; one of somebody else's is as good as none (ScanNotFoundError). */
export function firestoreSource(db: Firestore, locale: string): ScanSource {
  const errorOf = (error: unknown) =>
    (error as { code?: unknown }).code === 'permission-denied'
      ? clientError('calls', 'ScanNotFoundError', { locale, cause: error })
      : asClientError(error, locale);
  return {
    listen: (scanId, onHeard, onError) =>
      onSnapshot(
        doc(db, paths.scan(scanId)),
        // Also when only the source changes: the cache's word, and then the server's.
        { includeMetadataChanges: true },
        (snapshot) => {
          // Its own write echoes before the server has taken it, with a guessed createdAt.
          if (snapshot.metadata.hasPendingWrites) return;
          const scan = snapshot.exists() ? (snapshot.data() as Scan) : null;
          onHeard({ scan, fromServer: !snapshot.metadata.fromCache });
        },
        (error) => onError(errorOf(error)),
      ),
    async read(scanId) {
      try {
        const snapshot = await getDocFromServer(doc(db, paths.scan(scanId)));
        return snapshot.exists() ? (snapshot.data() as Scan) : null;
      } catch (error) {
        throw errorOf(error);
      }
    },
  };
}
