/**
 * Uploads as a phone's system does them for an app: from a file. On iOS a process of the system uploads it, also while the
 * app sleeps or has ended. An app that was ended meanwhile sends the photo again at its next start, and gets 412, since the
 * photo had arrived.
 */

import type { Transport } from '@reddyfit/client';
import type { Folder } from './files.ts';

/** The system's upload of one file: `native/expo-upload.ts` implements it by Expo, the tests by Node. */
export interface FileUpload {
  /** Whether the system goes on while the app sleeps: iOS does, Android uploads in the app's own process. */
  readonly worksAsleep: boolean;
  /**
   * Resolves with any answer of the server; header names are as the server wrote them. Rejects when there is no answer, and
   * when `signal` is aborted.
   */
  put(request: {
    url: string;
    headers: Readonly<Record<string, string>>;
    /** Name in the folder. */
    file: string;
    signal: AbortSignal;
    onSent: (bytes: number) => void;
  }): Promise<{ status: number; headers: Readonly<Record<string, string>> }>;
}

/** `folder` must belong to the transport alone: files in it that an ended app has left are removed by `clear`. */
export function fileTransport(folder: Folder, upload: FileUpload): Transport {
  return {
    tellsProgress: true,
    worksAsleep: upload.worksAsleep,
    async put({ url, headers, body, signal, onSent }) {
      // A photo always has the same file, so writing it again does not disturb an upload that is still under way.
      const file = fileOf(url);
      await folder.write(file, body);
      // An upload that began now would not notice that it has been aborted.
      if (signal.aborted) throw new Error('aborted');
      const answer = await upload.put({ url, headers, file, signal, onSent });
      await folder.delete(file);
      const retryAfter = Object.entries(answer.headers).find(
        ([name]) => name.toLowerCase() === 'retry-after',
      );
      const seconds = Number(retryAfter?.[1]);
      return {
        status: answer.status,
        retryAfterSeconds: retryAfter && Number.isFinite(seconds) ? seconds : undefined,
      };
    },
  };
}

/** Deletes the files that an ended app has left. Call it when no draft is waiting. */
export async function clear(folder: Folder): Promise<void> {
  await Promise.all((await folder.names()).map((name) => folder.delete(name)));
}

/** The path of the object without the query, which each new signature changes. */
const fileOf = (url: string) => encodeURIComponent(url.replace(/^\w+:\/\/[^/]+\/|[?#].*$/g, ''));
