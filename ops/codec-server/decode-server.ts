/** Serves POST /decode, by which Temporal's Web UI and CLI ask a codec server. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  fromBase64,
  isEncrypted,
  type Payload,
  toBase64,
  workflowOfPayload,
} from '@reddyfit/shared/temporal/payload-codec';
import { z } from 'zod';
import { log } from '../../worker/src/platform/logs.ts';
import type { RecordLook } from './decode-audit.ts';
import type { Admit } from './operators.ts';

/** The longest body (bytes): Temporal limits its own messages to 4 MiB, and base64 adds a third. */
const BODY_LIMIT = 8 * 1024 * 1024;

const requestSchema = z.object({
  payloads: z.array(
    z.object({ metadata: z.record(z.string(), z.base64()).default({}), data: z.base64().default('') }),
  ),
});

export interface DecodeServerOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  namespace: string;
  /** Origins of the Web UI. */
  origins: readonly string[];
  decode: (payloads: Payload[]) => Promise<Payload[]>;
  admit: Admit;
  /** Called before anything is shown. */
  record: RecordLook;
}

/** A refusal with its HTTP status; the text is for whoever asked. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Serves POST /decode and GET /healthz. Rejects when the port is taken. */
export async function startDecodeServer(
  options: DecodeServerOptions,
): Promise<{ port: number; server: Server }> {
  const server = createServer((request, response) => void answer(options, request, response));
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

async function answer(
  options: DecodeServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { origin } = request.headers;
  const known = origin !== undefined && options.origins.includes(origin);
  response.setHeader('vary', 'origin');
  response.setHeader('cache-control', 'no-store');
  if (known) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader('access-control-allow-methods', 'POST');
    response.setHeader(
      'access-control-allow-headers',
      'authorization, authorization-extras, content-type, x-namespace',
    );
  }
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  try {
    const path = new URL(request.url ?? '/', 'http://codec').pathname;
    if (request.method === 'GET' && path === '/healthz') return void send(200, { status: 'ok' });
    if (origin !== undefined && !known) throw new Refusal(403, 'this origin may not ask');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (path !== '/decode') throw new Refusal(404, 'there is only /decode');
    if (request.method !== 'POST') throw new Refusal(405, 'POST');
    send(200, { payloads: await decoded(options, request) });
  } catch (error) {
    // Discards the rest of an unread body, which would otherwise hold the connection.
    request.resume();
    if (!(error instanceof Refusal)) log('WARNING', 'decode_failed', { error: (error as Error).name });
    const refusal = error instanceof Refusal ? error : new Refusal(503, 'try again later');
    send(refusal.status, { error: refusal.message });
  }
}

async function decoded(
  { namespace, decode, admit, record }: DecodeServerOptions,
  request: IncomingMessage,
): Promise<unknown[]> {
  const admission = await admit(request.headers);
  if ('refused' in admission) {
    log('WARNING', 'decode_refused', { status: admission.refused });
    throw new Refusal(admission.refused, 'an ID token of an operator is needed');
  }
  const asked = request.headers['x-namespace'];
  if (asked !== undefined && asked !== namespace) throw new Refusal(403, 'no keys for this namespace');
  const parsed = requestSchema.safeParse(await bodyOf(request));
  if (!parsed.success) throw new Refusal(400, 'a body of {payloads: [{metadata, data}]} in base64 is needed');
  const payloads = parsed.data.payloads.map(({ metadata, data }): Payload => {
    const fields = Object.entries(metadata).map(([name, value]) => [name, fromBase64(value)]);
    return { metadata: Object.fromEntries(fields), data: fromBase64(data) };
  });

  const readable = await decode(payloads).catch((error: Error) => {
    throw new Refusal(400, error.message);
  });
  const looks = Map.groupBy(payloads.filter(isEncrypted), workflowOfPayload);
  await Promise.all(
    [...looks].map(([workflowId, { length }]) =>
      record({ operator: admission.uid, workflowId, payloads: length }),
    ),
  );
  return readable.map(({ metadata, data }) => ({
    metadata: Object.fromEntries(
      Object.entries(metadata ?? {}).map(([name, value]) => [name, toBase64(value)]),
    ),
    data: toBase64(data ?? new Uint8Array()),
  }));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Refusal(413, `at most ${BODY_LIMIT} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
