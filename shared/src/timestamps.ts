/** Firestore timestamps, as the client, web and admin SDKs return them. */

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

/** Milliseconds since 1970 of what should be a timestamp field; undefined for anything else: in the console a person can write what they like. */
export function millisOf(value: unknown): number | undefined {
  return timestamp.safeParse(value).data?.toMillis();
}

/** A moment as ISO 8601 text in UTC. */
export const isoTime = z.iso.datetime();

/**
 * A document as JSON can hold it: the same value with every timestamp in it as ISO 8601 text, and null for what only a database has a
 * form for, such as a reference to another document.
 */
export function withIsoTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIsoTimes);
  if (typeof value !== 'object' || value === null) return value;
  const time = timestamp.safeParse(value);
  if (time.success) return new Date(time.data.toMillis()).toISOString();
  const kind: unknown = Object.getPrototypeOf(value);
  if (kind !== null && Object.getPrototypeOf(kind) !== null) return null;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withIsoTimes(field)]));
}
