/** Where a page of scans ended, as text that the next request brings back: by what the pages are ordered, and an id. */

import { type DocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { CallError } from '../platform/call-error.ts';

/** By when scans were created, or by how long they took first. */
export type PageOrder = 'time' | 'duration';

const time = z.tuple([z.number().int(), z.number().int().min(0).max(999_999_999), z.string().min(1)]);
const places = { time, duration: z.tuple([z.number(), ...time.def.items]) };

/** After a document, by its time to the nanosecond and its id; before that by its duration, where that is the order. */
export function cursorAfter(document: DocumentSnapshot, order: PageOrder): string {
  const { seconds, nanoseconds } = document.get('createdAt') as Timestamp;
  const place = [seconds, nanoseconds, document.id];
  const whole = order === 'time' ? place : [document.get('durationMs') as number, ...place];
  return Buffer.from(JSON.stringify(whole)).toString('base64url');
}

/** The values of a cursor in the order of its pages. Throws InvalidRequestError. */
export function placeOf(cursor: string, order: PageOrder): unknown[] {
  try {
    const place = places[order].parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    const [seconds, nanoseconds, id] = place.slice(-3) as [number, number, string];
    return [...place.slice(0, -3), new Timestamp(seconds, nanoseconds), id];
  } catch (cause) {
    throw new CallError('InvalidRequestError.field', { params: { field: 'cursor' }, cause });
  }
}
