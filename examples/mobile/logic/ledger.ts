/**
 * The client's ledger in a folder of files: bytes in files whose names end in `.bin`, text as UTF-8 in files whose names end
 * in `.txt`.
 */

import type { LedgerStorage } from '@reddyfit/client';
import type { Folder } from './files.ts';

const TEXT = '.txt';
const BYTES = '.bin';

export function folderLedger(folder: Folder): LedgerStorage {
  const name = (key: string, end: string) => encodeURIComponent(key) + end;
  return {
    async get(key) {
      const text = await folder.read(name(key, TEXT));
      return text ? new TextDecoder().decode(text) : folder.read(name(key, BYTES));
    },
    async set(key, value) {
      const [bytes, end, other] =
        typeof value === 'string' ? [new TextEncoder().encode(value), TEXT, BYTES] : [value, BYTES, TEXT];
      await folder.write(name(key, end), bytes);
      await folder.delete(name(key, other));
    },
    async delete(key) {
      await Promise.all([TEXT, BYTES].map((end) => folder.delete(name(key, end))));
    },
    async keys(prefix) {
      const names = (await folder.names()).filter((each) => each.endsWith(TEXT) || each.endsWith(BYTES));
      const keys = new Set(names.map((each) => decodeURIComponent(each.slice(0, -TEXT.length))));
      return [...keys].filter((key) => key.startsWith(prefix));
    },
  };
}
