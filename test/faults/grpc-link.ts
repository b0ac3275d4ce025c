/** A gRPC server's stand-by: passes calls on to it, and holds or fails those that a test names. Plain HTTP/2. */

import { once } from 'node:events';
import {
  type ClientHttp2Session,
  connect,
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** Codes of gRPC that a call can be answered with. */
export const GRPC_STATUS = { ABORTED: 10, UNAVAILABLE: 14 } as const;

/** What befalls calls on their way. */
export interface Strike {
  /** Which calls: a part of the path, `/Commit` or `/Poll`. */
  readonly path: string;
  /** Only those whose message holds this text. */
  readonly about?: string;
  /**
   * `hold request`: it does not arrive before `release`, and not at all when its caller has gone by then. `hold answer`: it
   * arrives, and its answer does not come back before `release`. A status: it does not arrive, and is answered with that.
   */
  readonly fate: 'hold request' | 'hold answer' | keyof typeof GRPC_STATUS;
  /** How many calls it strikes. Default 1. */
  readonly times?: number;
}

/** A strike that was put in place. */
export interface Struck {
  /** How many calls it has struck. */
  readonly calls: number;
  /** Resolves at its first call. */
  readonly first: Promise<void>;
  /** Resolves when that has ended. */
  readonly firstEnded: Promise<void>;
  /** Strikes no more, and lets go on what is held. */
  release(): void;
}

export interface GrpcLink {
  /** host:port to be given in place of the server's. */
  readonly address: string;
  strike(strike: Strike): Struck;
  /** Releases all strikes. */
  clear(): void;
  close(): Promise<void>;
}

interface Waiting extends Strike {
  left: number;
  calls: number;
  readonly released: Promise<void>;
  hit(call: ServerHttp2Stream): void;
}

/** Small windows would slow a poll's answer with a history in it. */
const WINDOW_BYTES = 4 * 1024 * 1024;
const OPTIONS = { settings: { initialWindowSize: WINDOW_BYTES }, maxSessionMemory: 256 };

/** Listens on a free loopback port for calls to `target` (host:port); calls wait until it is known. */
export async function openGrpcLink(target: string | Promise<string>): Promise<GrpcLink> {
  const strikes = new Set<Waiting & { release(): void }>();
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer(OPTIONS);

  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    session.on('error', () => session.destroy());
    const upstream = lead(session, target);
    session.on('stream', (stream, headers) => void carry(stream, headers, upstream, strikes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const clear = () => {
    for (const strike of strikes) strike.release();
  };
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    clear,
    strike(strike) {
      const first = Promise.withResolvers<void>();
      const firstEnded = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      const waiting = {
        ...strike,
        left: strike.times ?? 1,
        calls: 0,
        released: released.promise,
        hit(call: ServerHttp2Stream) {
          waiting.left -= 1;
          waiting.calls += 1;
          first.resolve();
          call.once('close', () => firstEnded.resolve());
        },
        release() {
          strikes.delete(waiting);
          released.resolve();
        },
      };
      strikes.add(waiting);
      return {
        get calls() {
          return waiting.calls;
        },
        first: first.promise,
        firstEnded: firstEnded.promise,
        release: waiting.release,
      };
    },
    async close() {
      clear();
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A session's own way to the server: one ends with the other, so that a server that is gone is gone here, too. */
async function lead(
  session: ServerHttp2Session,
  target: string | Promise<string>,
): Promise<ClientHttp2Session> {
  const upstream = connect(`http://${await target}`, OPTIONS);
  upstream.once('connect', () => upstream.setLocalWindowSize(WINDOW_BYTES));
  upstream.on('error', () => session.destroy());
  upstream.once('close', () => session.destroy());
  session.once('close', () => upstream.destroy());
  return upstream;
}

/** Takes one call to its end. */
async function carry(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  leading: Promise<ClientHttp2Session>,
  strikes: ReadonlySet<Waiting>,
): Promise<void> {
  stream.on('error', () => undefined);
  const path = headers[':path'] ?? '';
  const candidates = [...strikes].filter((strike) => strike.left > 0 && path.includes(strike.path));
  let request: Buffer | null = null;
  let strike: Waiting | undefined;
  // A call that nothing waits for may be a stream that never ends: only others are read before they go on.
  if (candidates.length > 0) {
    request = await whole(stream);
    const text = messageOf(request);
    strike = candidates.find(({ left, about }) => left > 0 && (!about || text.includes(about)));
  }
  strike?.hit(stream);
  if (strike?.fate === 'hold request') await strike.released;
  else if (strike && strike.fate !== 'hold answer') return fail(stream, GRPC_STATUS[strike.fate]);
  const upstream = await leading;
  if (stream.destroyed || upstream.destroyed) return;
  passOn(stream, headers, upstream, request, strike?.fate === 'hold answer' ? strike.released : undefined);
}

function passOn(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  upstream: ClientHttp2Session,
  request: Buffer | null,
  answered: Promise<void> | undefined,
): void {
  const call = upstream.request(headers, { endStream: false });
  if (request === null) stream.pipe(call);
  else call.end(request);
  let trailers: IncomingHttpHeaders = {};
  call.on('trailers', (given) => {
    trailers = given;
  });
  call.on('response', async (answer, flags) => {
    await answered;
    if (stream.destroyed) return;
    const over = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(answer, { endStream: over, waitForTrailers: !over });
    if (over) return;
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    call.pipe(stream);
  });
  call.on('error', () => undefined);
  call.once('close', () => {
    // What ended well was piped to its end; anything else ends here as it did there.
    if (call.rstCode !== constants.NGHTTP2_NO_ERROR && !stream.destroyed) stream.close(call.rstCode);
  });
  stream.once('close', () => call.close(stream.rstCode));
}

function fail(stream: ServerHttp2Stream, status: number): void {
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': status, 'grpc-message': 'struck' },
    { endStream: true },
  );
}

/** All that a caller sends, once it has sent all; what it sent so far when it gives up. */
async function whole(stream: ServerHttp2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch {
    // Gone, which `carry` sees.
  }
  return Buffer.concat(chunks);
}

/** The message of a call, as text in which ids can be found: a flag, its length in four bytes, and perhaps zipped. */
function messageOf(request: Buffer): string {
  const message = request.subarray(5);
  return (request[0] === 1 ? gunzipSync(message) : message).toString('latin1');
}
