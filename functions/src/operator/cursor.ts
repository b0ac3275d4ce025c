/** Where a page of scans ended, as text that the next request brings back. It holds a time and an id, or Temporal's own token. */

import { Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { CallError } from '../platform/call-error.ts';

const place = z.tuple([z.number().int(), z.number().int().min(0).max(999_999_999), z.string().min(1)]);

/** After a document, by its time to the nanosecond and its id. */
export function cursorAfter(createdAt: Timestamp, id: string): string {
  return Buffer.from(JSON.stringify([createdAt.seconds, createdAt.nanoseconds, id])).toString('base64url');
}

/** The place of a cursor. Throws InvalidRequestError. */
export function placeOf(cursor: string): [Timestamp, string] {
  try {
    const [seconds, nanoseconds, id] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return [new Timestamp(seconds, nanoseconds), id];
  } catch (cause) {
    throw new CallError('InvalidRequestError.field', { params: { field: 'cursor' }, cause });
  }
}
