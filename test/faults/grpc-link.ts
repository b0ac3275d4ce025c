/** A proxy for a gRPC server (plain HTTP/2) that can strike calls and passes on all others. */

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
import { GRPC_STATUS, openStrikes, type Strike, type Struck } from './strikes.ts';

export interface GrpcLink {
  /** host:port to use in place of the server's. */
  readonly address: string;
  strike(strike: Strike): Struck;
  /** Breaks off every call. */
  close(): Promise<void>;
}

/** Large flow-control windows: small ones would slow down the answer to a poll, which can contain a history. */
const WINDOW_BYTES = 4 * 1024 * 1024;
const OPTIONS = { settings: { initialWindowSize: WINDOW_BYTES }, maxSessionMemory: 256 };

/** Listens on a free loopback port for calls to `target` (host:port). */
export async function openGrpcLink(target: string): Promise<GrpcLink> {
  const strikes = openStrikes();
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

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    strike: strikes.add,
    async close() {
      strikes.loseAll();
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * Opens the connection to the server that belongs to a session. Each ends with the other, so that a caller notices when the
 * server is gone.
 */
function lead(session: ServerHttp2Session, target: string): ClientHttp2Session {
  const upstream = connect(`http://${target}`, OPTIONS);
  upstream.once('connect', () => upstream.setLocalWindowSize(WINDOW_BYTES));
  upstream.on('error', () => session.destroy());
  upstream.once('close', () => session.destroy());
  session.once('close', () => upstream.destroy());
  return upstream;
}

/** Handles one call until it ends. */
async function carry(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  upstream: ClientHttp2Session,
  strikes: ReturnType<typeof openStrikes>,
): Promise<void> {
  stream.on('error', () => undefined);
  const path = headers[':path'] ?? '';
  // A call that no strike waits for may be a stream that never ends, so it is passed on unread. Only other calls are read as
  // a whole first.
  const request = strikes.at(path).length > 0 ? await whole(stream) : null;
  const strike = request === null ? undefined : strikes.take(path, request, stream);
  if (strike?.fate === 'hold request') {
    if (!(await strike.released)) return stream.close(constants.NGHTTP2_CANCEL);
  } else if (strike && strike.fate !== 'hold answer') return fail(stream, GRPC_STATUS[strike.fate]);
  if (stream.destroyed || upstream.destroyed) return;
  passOn(stream, headers, upstream, request, strike?.fate === 'hold answer' ? strike.released : undefined);
}

function passOn(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  upstream: ClientHttp2Session,
  request: Buffer | null,
  answered: Promise<boolean> | undefined,
): void {
  const call = upstream.request(headers, { endStream: false });
  if (request === null) stream.pipe(call);
  else call.end(request);
  let trailers: IncomingHttpHeaders = {};
  call.on('trailers', (given) => {
    trailers = given;
  });
  call.on('response', async (answer, flags) => {
    const lost = (await answered) === false;
    if (lost) stream.close(constants.NGHTTP2_CANCEL);
    if (lost || stream.destroyed) return;
    const over = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(answer, { endStream: over, waitForTrailers: !over });
    if (over) return;
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    call.pipe(stream);
  });
  call.on('error', () => undefined);
  call.once('close', () => {
    // A call that ended well was piped to its end. Any other call ends for the caller with the same code.
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

/** Everything that a caller sends, once it has sent all of it; when the caller gives up, what it has sent so far. */
async function whole(stream: ServerHttp2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch {
    // The caller gave up, which `carry` notices.
  }
  return Buffer.concat(chunks);
}
