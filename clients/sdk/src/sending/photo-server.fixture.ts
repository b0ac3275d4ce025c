/** A server that accepts photos by PUT as Cloud Storage does, and fails as the test says. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';

/**
 * The fault in one request: an error status, an answer that is lost after the photo was stored, no answer at all, a
 * closed connection, or a late answer.
 */
export type Mishap = number | 'answer is lost' | 'silence' | 'cut' | 'slow';

export interface PhotoServer {
  /** Bytes that arrived, by scan and angle (`scan-1/left`). */
  readonly photos: Map<string, Buffer>;
  /** Each request and its answer, in order: `scan-1/left 200`. */
  readonly log: string[];
  /** Applies these faults to the next requests for this photo, in this order. */
  mishaps(angle: Angle, ...mishaps: Mishap[]): void;
  /** Makes every URL that was signed before invalid. */
  expire(): void;
  /** Upload URLs for a scan, signed now. */
  places(scanId: string): RequestScanUploadResponse;
  close(): Promise<void>;
}

/** Starts the server on a free port. */
export async function startPhotoServer(): Promise<PhotoServer> {
  const photos = new Map<string, Buffer>();
  const log: string[] = [];
  const waiting = new Map<Angle, Mishap[]>();
  let signature = 1;

  const server = createServer((request, response) => void take(request, response));
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://bucket');
    const name = url.pathname.slice(1);
    const angle = name.split('/')[1] as Angle;
    const mishap = waiting.get(angle)?.shift();
    const answer = (status: number, headers: Record<string, string> = {}) => {
      log.push(`${name} ${status}`);
      response.writeHead(status, headers).end();
    };
    if (mishap === 'cut') {
      log.push(`${name} cut`);
      return void request.socket.destroy();
    }
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    if (Number(url.searchParams.get('signature')) < signature) return answer(400);
    if (typeof mishap === 'number') return answer(mishap, { 'retry-after': '0' });
    if (mishap === 'silence') return void log.push(`${name} silence`);
    if (photos.has(name)) return answer(412);
    photos.set(name, Buffer.concat(chunks));
    if (mishap === 'answer is lost') {
      log.push(`${name} lost`);
      return void request.socket.destroy();
    }
    if (mishap === 'slow') await new Promise((resolve) => setTimeout(resolve, 150));
    answer(200);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    photos,
    log,
    mishaps: (angle, ...mishaps) => void waiting.set(angle, mishaps),
    expire: () => void (signature += 1),
    places: (scanId) => ({
      scanId,
      photoUrls: Object.fromEntries(ANGLES.map((angle) => [angle, `gs://b/${scanId}/${angle}.jpg`])) as never,
      uploads: Object.fromEntries(
        ANGLES.map((angle) => [
          angle,
          {
            url: `${base}/${scanId}/${angle}?signature=${signature}`,
            method: 'PUT',
            headers: { 'content-type': 'image/jpeg', 'x-goog-if-generation-match': '0' },
            expiresAt: new Date(Date.now() + 900_000).toISOString(),
          },
        ]),
      ) as never,
    }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
