/** Reads the documents of a query a few at a time. */

import type { Query, QueryDocumentSnapshot } from 'firebase-admin/firestore';

/** Reads an ordered query page by page (`page` documents each) and hands out at most `atOnce` of them together. */
export async function* fewAtATime(
  query: Query,
  { page, atOnce }: { page: number; atOnce: number },
): AsyncGenerator<QueryDocumentSnapshot[]> {
  const pages = query.limit(page);
  for (let last: QueryDocumentSnapshot | undefined; ;) {
    const { docs } = await (last ? pages.startAfter(last) : pages).get();
    for (let from = 0; from < docs.length; from += atOnce) yield docs.slice(from, from + atOnce);
    if (docs.length < page) return;
    last = docs.at(-1);
  }
}
