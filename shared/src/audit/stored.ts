/** How the entries of a chain lie in documents: those that were appended by one commit are in one. */

import type { AuditEntry } from './chain.ts';

/** auditLogs/{scanId}/entries/{seq}: an entry, and `with` it those that came by the same commit, which follow it without a gap. */
export type StoredEntry = AuditEntry & { with?: AuditEntry[] };

/** The document of entries that one commit appends: its id is the first one's `seq`. */
export function storedEntry([first, ...others]: readonly [AuditEntry, ...AuditEntry[]]): StoredEntry {
  return others.length === 0 ? first : { ...first, with: others };
}

/** The entries of a document, each under the id that it would have alone. What is no such document is left as it is. */
export function entriesIn<Data = unknown>({
  id,
  data,
}: {
  id: string;
  data: unknown;
}): { id: string; data: Data }[] {
  const { with: others, ...first } = (data ?? {}) as { with?: unknown };
  if (!Array.isArray(others) || others.length === 0 || !/^[1-9]\d{0,14}$/.test(id))
    return [{ id, data: data as Data }];
  return [first, ...others].map((entry: unknown, index) => ({
    id: `${Number(id) + index}`,
    data: (entry ?? {}) as Data,
  }));
}

/** The entries of documents, in the order of these. */
export function allEntries(documents: readonly { data(): unknown; id: string }[]): AuditEntry[] {
  return documents
    .flatMap((document) => entriesIn<AuditEntry>({ id: document.id, data: document.data() }))
    .map(({ data }) => data);
}
