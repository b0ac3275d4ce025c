/**
 * A proxy before a test's Temporal server that acts as Temporal Cloud does: it requires TLS, and refuses a call without a
 * client certificate or API key that it knows.
 */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  connect,
  constants,
  createSecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Certificate } from './certificates.ts';

/** What the gate requires; an undefined field requires nothing of that kind. */
export interface Admission {
  /** Certificate authorities that sign client certificates (paths of PEM files). */
  clientAuthorities?: readonly string[];
  apiKeys?: readonly string[];
}

export interface AdmittedCall {
  /** The method's name, such as `StartWorkflowExecution`. */
  readonly method: string;
  /** The name of the authority that signed the caller's certificate. */
  readonly authority?: string;
}

export interface TemporalGate {
  /** host:port. */
  readonly address: string;
  /** Admitted calls, in their order. */
  readonly admitted: readonly AdmittedCall[];
  /** API keys that came with calls. */
  readonly keysSeen: ReadonlySet<string>;
  /** Connections and calls that were refused. */
  refused(): number;
  /** Sets what is required from now on. Closes all connections, so that every caller must authenticate again. */
  admit(admission: Admission): void;
  stop(): Promise<void>;
}

const UNAUTHENTICATED = '16';
const UNAVAILABLE = '14';

/** Opens the gate on a loopback port. `temporal` is host:port of the server behind it. */
export async function startTemporalGate(
  temporal: string,
  server: Certificate,
  admission: Admission,
): Promise<TemporalGate> {
  const admitted: AdmittedCall[] = [];
  const keysSeen = new Set<string>();
  const sessions = new Set<ServerHttp2Session>();
  let [admits, refusals] = [admission, 0];
  const behind = connect(`http://${temporal}`);
  behind.on('error', () => {});

  const secure = createSecureServer({ ...identity(server), ...clientsOf(admission), allowHTTP1: false });
  secure.on('tlsClientError', () => (refusals += 1));
  secure.on('sessionError', () => {});
  secure.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  secure.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    const key = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    if (key) keysSeen.add(key);
    if (admits.apiKeys && !admits.apiKeys.includes(key)) {
      refusals += 1;
      end(stream, UNAUTHENTICATED);
      return;
    }
    const method = String(headers[':path']).split('/').at(-1)!;
    admitted.push({ method, ...authorityOf(stream) });
    forward(stream, headers);
  });

  function forward(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const { ':scheme': _, ':authority': __, authorization: ___, ...rest } = headers;
    const call = behind.request(rest);
    let trailers: IncomingHttpHeaders = {};
    call.on('error', () => end(stream, UNAVAILABLE));
    call.on('trailers', (given) => (trailers = given));
    call.once('response', ({ ':status': status, ...answer }, flags) => {
      if (stream.destroyed) return call.close(constants.NGHTTP2_CANCEL);
      const only = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
      stream.respond({ ':status': status, ...answer }, { endStream: only, waitForTrailers: !only });
      if (only) return;
      stream.once('wantTrailers', () => stream.sendTrailers(withoutPseudo(trailers)));
      call.pipe(stream);
    });
    stream.pipe(call);
    // The server's call ends when the caller hangs up or is cut off.
    stream.once('close', () => call.close(constants.NGHTTP2_CANCEL));
  }

  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
  return {
    address: `127.0.0.1:${(secure.address() as AddressInfo).port}`,
    admitted,
    keysSeen,
    refused: () => refusals,
    admit(next) {
      admits = next;
      secure.setSecureContext({ ...identity(server), ...clientsOf(next) });
      for (const session of sessions) session.destroy();
    },
    async stop() {
      for (const session of sessions) session.destroy();
      behind.destroy();
      secure.close();
      await once(secure, 'close');
    },
  };
}

const identity = ({ certificate, key }: Certificate) => ({
  cert: readFileSync(certificate),
  key: readFileSync(key),
});

const clientsOf = ({ clientAuthorities }: Admission) =>
  clientAuthorities === undefined
    ? {}
    : {
        ca: clientAuthorities.map((path) => readFileSync(path)),
        requestCert: true,
        rejectUnauthorized: true,
      };

function authorityOf({ session }: ServerHttp2Stream): { authority?: string } {
  const { issuer } = (session!.socket as TLSSocket).getPeerCertificate();
  return issuer ? { authority: String(issuer.CN) } : {};
}

const withoutPseudo = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));

/** Answers a call with a gRPC status and nothing else. */
function end(stream: ServerHttp2Stream, status: string): void {
  if (stream.destroyed || stream.headersSent) {
    stream.destroy();
    return;
  }
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': status },
    { endStream: true },
  );
}
