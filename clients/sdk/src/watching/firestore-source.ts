/** Reads scans from Firestore. */

import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { doc, type Firestore, onSnapshot, runTransaction } from 'firebase/firestore';
import { asClientError, clientError } from '../client-error.ts';
import type { ScanSource } from './watch.ts';

/** Reads scans of the signed-in user. A scan of another user is reported as missing (ScanNotFoundError). */
export function firestoreSource(db: Firestore, locale: string): ScanSource {
  const errorOf = (error: unknown) =>
    (error as { code?: unknown }).code === 'permission-denied'
      ? clientError('calls', 'ScanNotFoundError', { locale, cause: error })
      : asClientError(error, locale);
  return {
    listen: (scanId, onHeard, onError) =>
      onSnapshot(
        doc(db, paths.scan(scanId)),
        // Report a change of the source alone, too: the same document first from the cache and then from the server.
        { includeMetadataChanges: true },
        (snapshot) => {
          // Firestore reports the client's own write before the server has accepted it, with an estimated createdAt.
          if (snapshot.metadata.hasPendingWrites) return;
          const scan = snapshot.exists() ? (snapshot.data() as Scan) : null;
          onHeard({ scan, fromServer: !snapshot.metadata.fromCache });
        },
        (error) => onError(errorOf(error)),
      ),
    async read(scanId) {
      let scan: Scan | null = null;
      const isRead = new Error('read, and nothing to write');
      // A transaction's read is a request of its own. While a listener is active, `getDocFromServer` is answered from
      // the listener's view and marked as the server's answer, even when the listener's connection has died silently.
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
