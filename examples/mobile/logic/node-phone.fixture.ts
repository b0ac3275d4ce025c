/** A phone simulated in Node: a folder, and the system's upload of a file. */

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileUpload } from './file-transport.ts';
import type { Folder } from './files.ts';

const PART = '.part';

export function nodeFolder(where: string): Folder {
  return {
    async read(name) {
      try {
        return new Uint8Array(await readFile(join(where, name)));
      } catch (error) {
        if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(name, bytes) {
      await mkdir(where, { recursive: true });
      await writeFile(join(where, name + PART), bytes);
      await rename(join(where, name + PART), join(where, name));
    },
    delete: (name) => rm(join(where, name), { force: true }),
    names: async () => (await readdir(where)).filter((name) => !name.endsWith(PART)),
  };
}

/**
 * Sends a file of `where` by fetch. `during` is awaited before; when it never resolves, this is as if the system had ended
 * the app.
 */
export function nodeUpload(
  where: string,
  during: (file: string, signal: AbortSignal) => Promise<void> = async () => undefined,
): FileUpload {
  return {
    worksAsleep: false,
    async put({ url, headers, file, signal, onSent }) {
      await during(file, signal);
      const body = await readFile(join(where, file));
      const { status, headers: answered } = await fetch(url, { method: 'PUT', headers, body, signal });
      onSent(body.length);
      return { status, headers: Object.fromEntries(answered) };
    },
  };
}
