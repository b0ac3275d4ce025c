/** Firestore timestamps as every SDK (client, web, admin) hands them out. */

import { z } from 'zod';

/** What the SDKs' Timestamp classes have in common. */
export interface FirestoreTimestamp {
  readonly seconds: number;
  readonly nanoseconds: number;
  toMillis(): number;
}

/** A Firestore timestamp field. */
export const timestamp = z.custom<FirestoreTimestamp>(
  (value) => typeof (value as { toMillis?: unknown } | null)?.toMillis === 'function',
  { error: 'must be a timestamp' },
);

/** A calendar day, YYYY-MM-DD, that exists. */
export const calendarDay = z.iso.date();

/** A moment as ISO 8601 text in UTC. */
export const isoTime = z.iso.datetime();
