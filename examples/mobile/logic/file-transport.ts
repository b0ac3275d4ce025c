/**
 * Uploads as the system does them for an app: from a file, and on iOS by a process of the system that goes on while the app sleeps or is gone.
 * An app that was ended meanwhile sends the photo again at its next start, and hears 412: it had arrived.
 */

import type { Transport } from '@reddyfit/client';
import type { Folder } from './files.ts';

/** The system's upload of one file: `native/expo-upload.ts` is the one of Expo, the tests bring Node's. */
export interface FileUpload {
  /** Whether the system goes on while the app sleeps: iOS does, Android uploads in the app's own process. */
  readonly worksAsleep: boolean;
  /** Resolves with any answer; header names as the server wrote them. Rejects when there is none, and when `signal` ends it. */
  put(request: {
    url: string;
    headers: Readonly<Record<string, string>>;
    /** Name in the folder. */
    file: string;
    signal: AbortSignal;
    onSent: (bytes: number) => void;
  }): Promise<{ status: number; headers: Readonly<Record<string, string>> }>;
}

/** `folder` is the transport's own: what lies there is left by an app that was ended, and goes with `clear`. */
export function fileTransport(folder: Folder, upload: FileUpload): Transport {
  return {
    tellsProgress: true,
    worksAsleep: upload.worksAsleep,
    async put({ url, headers, body, signal, onSent }) {
      // The same photo has the same file: writing it again changes nothing for an upload that is still under way.
      const file = fileOf(url);
      await folder.write(file, body);
      // An upload that begins now would not hear that it is not wanted any more.
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

/** Deletes what an app that was ended has left: call it when no draft waits. */
export async function clear(folder: Folder): Promise<void> {
  await Promise.all((await folder.names()).map((name) => folder.delete(name)));
}

/** Path of the object without its query, which is signed anew each time. */
const fileOf = (url: string) => encodeURIComponent(url.replace(/^\w+:\/\/[^/]+\/|[?#].*$/g, ''));
