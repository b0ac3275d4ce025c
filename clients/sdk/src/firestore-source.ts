/** Scans as Firestore has them. */

import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { doc, type Firestore, onSnapshot, runTransaction } from 'firebase/firestore';
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
      let scan: Scan | null = null;
      const isRead = new Error('read, and nothing to write');
      // A transaction's read is a request of its own. `getDocFromServer` is none while the document is listened to: it is answered by the
      // listener's view, as the server's word, also when the connection of that listener has died without a sign.
      try {
        await runTransaction(
          db,
          async (transaction) => {
            const snapshot = await transaction.get(doc(db, paths.scan(scanId)));
            scan = snapshot.exists() ? (snapshot.data() as Scan) : null;
            throw isRead;
          },
          { maxAttempts: 1 },
        );
      } catch (error) {
        if (error !== isRead) throw errorOf(error);
      }
      return scan;
    },
  };
}
