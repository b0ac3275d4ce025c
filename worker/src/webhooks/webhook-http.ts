/** Sends one webhook to an address that was checked, within a limited time, and reads at most 64 KiB of the answer. */

import { addAbortSignal, type Readable } from 'node:stream';
import type { WebhookAnswer, WebhookError } from '@reddyfit/shared/webhooks/deliveries';
import { Agent, interceptors, request } from 'undici';
import type { WebhookSender } from './ports.ts';
import { retryAfter } from '../platform/retry-after.ts';
import { plainAnswer } from './webhook-answer.ts';
import { type Resolve, resolveByDns, type Target, WebhookRefusal, webhookTarget } from './webhook-target.ts';

/** The most time from the DNS lookup to the last byte of the answer (ms). */
const TIMEOUT_MS = 15_000;

/** How long the body of an answer is read (ms). The status is known by then, and the body does not change the outcome. */
const BODY_TIMEOUT_MS = 2000;

/** The largest answer that is read (bytes), both as received and decompressed. */
const MAX_ANSWER_BYTES = 64 * 1024;

export interface WebhookHttpOptions {
  /** See TargetOptions. */
  allowLoopback?: boolean;
  resolve?: Resolve;
  timeoutMs?: number;
}

/**
 * Sends webhooks over HTTP/1.1. A redirect is an answer like any other, and no proxy is used. Only the status decides:
 * a body that is broken, cut off or endless does not change the outcome.
 */
export function webhookHttp(options: WebhookHttpOptions = {}): WebhookSender {
  const { allowLoopback = false, resolve = resolveByDns, timeoutMs = TIMEOUT_MS } = options;
  return {
    async send(url, { headers, body }, cancellation) {
      const begun = performance.now();
      const deadline = AbortSignal.timeout(timeoutMs);
      const signal = AbortSignal.any([deadline, cancellation]);
      try {
        const target = await orAborted(webhookTarget(url, { resolve, allowLoopback }, signal), signal);
        return { ...(await post(target, headers, body, signal)), ms: Math.round(performance.now() - begun) };
      } catch (error) {
        cancellation.throwIfAborted();
        const ms = Math.round(performance.now() - begun);
        return { status: null, error: deadline.aborted ? 'timeout' : errorOf(error), ms, answer: '' };
      }
    },
  };
}

async function post(
  { url, addresses }: Target,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<Omit<WebhookAnswer, 'ms'>> {
  const agent = new Agent({
    // Connects only to the addresses that were checked. The host name and the certificate's name remain those of the
    // URL.
    connect: {
      lookup: (_name, { all }, found) => {
        const [first] = addresses;
        if (all) found(null, addresses);
        else found(null, first!.address, first!.family);
      },
      autoSelectFamily: true,
    },
    allowH2: false,
    connections: 1,
    pipelining: 0,
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  try {
    const response = await request(url, {
      method: 'POST',
      // undici follows no redirect unless told to.
      dispatcher: agent.compose(
        interceptors.decompress({ maxSize: MAX_ANSWER_BYTES, skipErrorResponses: false }),
      ),
      headers: { ...headers, 'user-agent': 'ReddyFit-Webhooks/1', 'accept-encoding': 'identity' },
      body,
      signal,
    });
    const asked = response.headers['retry-after'];
    const retryAfterMs =
      typeof asked === 'string' ? retryAfter(new Headers({ 'retry-after': asked })) : undefined;
    return {
      status: response.statusCode,
      error: null,
      answer: plainAnswer(await readUpTo(response.body, signal)),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  } finally {
    await agent.destroy();
  }
}

/** The bytes of the answer. When it is too large, broken, cut off or slow: the bytes that had come by then. */
async function readUpTo(body: Readable, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const enough = AbortSignal.any([signal, AbortSignal.timeout(BODY_TIMEOUT_MS)]);
  try {
    for await (const chunk of addAbortSignal(enough, body)) chunks.push(chunk as Buffer);
  } catch {
    // The receiver has the event and has sent its status, so a broken body is not an error.
  }
  return Buffer.concat(chunks);
}

/**
 * Settles as `work` does, or rejects with the signal's reason when the signal aborts first: `resolve` may ignore the
 * signal.
 */
function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason as Error);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
  ]);
}

const CONNECT =
  /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/;
const RESET = /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|ERR_STREAM_PREMATURE_CLOSE)$/;
const TLS =
  /^(EPROTO|ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA)/;

function errorOf(error: unknown): WebhookError {
  if (error instanceof WebhookRefusal) return error.code;
  const { code = '', syscall = '' } = error as { code?: string; syscall?: string };
  if (syscall.startsWith('query')) return 'dns';
  if (CONNECT.test(code)) return 'connect';
  if (RESET.test(code)) return 'reset';
  if (TLS.test(code)) return 'tls';
  return 'protocol';
}
