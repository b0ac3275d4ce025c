/**
 * A cursor: text that says where a page of scans ended, by the values that order the pages and an id. The next request
 * sends it back.
 */

import { type DocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { isDocumentId } from '../scans/admission/scan-request.ts';
import { CallError } from '../platform/call-error.ts';

/** Pages are ordered by the scans' creation, or by their duration and then their creation. */
export type PageOrder = 'time' | 'duration';

const ORDERED_BY = { time: ['createdAt'], duration: ['durationMs', 'createdAt'] } as const;

/**
 * A value that orders the pages in Firestore. A field that somebody has broken has one, too: Firestore orders values of
 * another type together, before or after all others. The text cannot hold maps, lists and bytes; the place of such a
 * value is the beginning of its type, so the next page skips the remaining values of that type.
 */
const value = z.union([
  z.strictObject({
    s: z.number().int().min(-62_135_596_800).max(253_402_300_799),
    n: z.number().int().min(0).max(999_999_999),
  }),
  z.strictObject({ first: z.enum(['map', 'list', 'bytes']) }),
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
]);
type Value = z.infer<typeof value>;
const FIRST = { map: {}, list: [], bytes: Buffer.alloc(0) };

const places = {
  time: z.tuple([value, z.string().min(1)]),
  duration: z.tuple([value, value, z.string().min(1)]),
};

/** The cursor after a document: its duration where that is the order, its time to the nanosecond, and its id. */
export function cursorAfter(document: DocumentSnapshot, order: PageOrder): string {
  const place = [...ORDERED_BY[order].map((field) => kept(document.get(field))), document.id];
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The values of a cursor in the order of its pages. Throws InvalidRequestError. */
export function placeOf(cursor: string, order: PageOrder): unknown[] {
  try {
    const place = places[order].parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    const id = place.at(-1) as string;
    if (!isDocumentId(id)) throw new Error('no id');
    return [...(place.slice(0, -1) as Value[]).map(meant), id];
  } catch (cause) {
    throw new CallError('InvalidRequestError.field', { params: { field: 'cursor' }, cause });
  }
}

function kept(field: unknown): Value {
  if (field instanceof Timestamp) return { s: field.seconds, n: field.nanoseconds };
  if (Array.isArray(field)) return { first: 'list' };
  if (typeof field !== 'object' || field === null) return field as Value;
  return { first: Object.getPrototypeOf(field) === Object.prototype ? 'map' : 'bytes' };
}

function meant(place: Value): unknown {
  if (typeof place !== 'object' || place === null) return place;
  return 'first' in place ? FIRST[place.first] : new Timestamp(place.s, place.n);
}
