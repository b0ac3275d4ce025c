/**
 * Stands in for FCM's HTTP v1 API: keeps the messages that were sent, and fails sends to a token on request. Speaks plain
 * HTTP.
 */

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';

/** FCM error code → HTTP status and google.rpc status (https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode). */
const FCM_ERRORS = {
  UNREGISTERED: { http: 404, status: 'NOT_FOUND', message: 'Requested entity was not found.' },
  INVALID_ARGUMENT: {
    http: 400,
    status: 'INVALID_ARGUMENT',
    message: 'Request contains an invalid argument.',
  },
  SENDER_ID_MISMATCH: { http: 403, status: 'PERMISSION_DENIED', message: 'SenderId mismatch' },
  THIRD_PARTY_AUTH_ERROR: { http: 401, status: 'UNAUTHENTICATED', message: 'Auth error from APNS' },
  QUOTA_EXCEEDED: { http: 429, status: 'RESOURCE_EXHAUSTED', message: 'Quota exceeded.' },
  UNAVAILABLE: { http: 503, status: 'UNAVAILABLE', message: 'The service is currently unavailable.' },
  INTERNAL: { http: 500, status: 'INTERNAL', message: 'Internal error encountered.' },
} as const;
type FcmErrorCode = keyof typeof FCM_ERRORS;

/** Keys that FCM reserves. */
const RESERVED_DATA_KEY = /^(from|message_type|collapse_key|google\..*|gcm\..*)$/;

/** The parts of a v1 message that FCM itself checks; platform blocks pass as they are. */
const sendRequest = z.strictObject({
  validate_only: z.boolean().optional(),
  message: z
    .looseObject({
      token: z.string().min(1).optional(),
      topic: z.string().min(1).optional(),
      condition: z.string().min(1).optional(),
      notification: z
        .strictObject({
          title: z.string().optional(),
          body: z.string().optional(),
          image: z.string().optional(),
        })
        .optional(),
      data: z
        .record(
          z.string().refine((key) => !RESERVED_DATA_KEY.test(key), 'reserved data key'),
          z.string(),
        )
        .optional(),
    })
    .refine(
      ({ token, topic, condition }) => [token, topic, condition].filter(Boolean).length === 1,
      'exactly one of token, topic and condition',
    ),
});

const faultRequest = z.strictObject({
  token: z.string().min(1),
  code: z.enum(Object.keys(FCM_ERRORS) as [FcmErrorCode, ...FcmErrorCode[]]),
  /** The error's text. FCM says only in this text whether INVALID_ARGUMENT blames the token or the message. */
  message: z.string().min(1).optional(),
  /** How many sends fail; all of them when absent. */
  times: z.int().positive().optional(),
  retryAfterSeconds: z.int().nonnegative().optional(),
});
type Fault = z.infer<typeof faultRequest>;

/** One accepted message. */
export interface SentMessage {
  /** `projects/<projectId>/messages/<id>`, as FCM names it. */
  name: string;
  projectId: string;
  /** The request's `message`, as received. */
  message: z.infer<typeof sendRequest>['message'];
  /** When it was accepted, ISO 8601. */
  at: string;
}

export interface FcmStandIn {
  /** http URL without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the stand-in; port 0 takes a free one. Resolves when it listens; throws when the port is taken. */
export async function startFcmStandIn({ host, port }: { host: string; port: number }): Promise<FcmStandIn> {
  const messages: SentMessage[] = [];
  const faults = new Map<string, Fault>();

  const send = (projectId: string, body: unknown): Answer => {
    const request = sendRequest.safeParse(body);
    if (!request.success) return fcmError('INVALID_ARGUMENT', { message: z.prettifyError(request.error) });
    const { message, validate_only: validateOnly } = request.data;
    const fault = message.token === undefined ? undefined : faults.get(message.token);
    if (fault) {
      if (fault.times !== undefined && --fault.times === 0) faults.delete(fault.token);
      return fcmError(fault.code, fault);
    }
    const name = `projects/${projectId}/messages/${validateOnly ? 'fake_message_id' : randomUUID()}`;
    if (!validateOnly) messages.push({ name, projectId, message, at: new Date().toISOString() });
    return { status: 200, body: { name } };
  };

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const path = new URL(request.url ?? '/', 'http://fcm').pathname;
    const project = /^\/v1\/projects\/([^/]+)\/messages:send$/.exec(path)?.[1];
    switch (`${request.method} ${project ? 'send' : path}`) {
      case 'POST send':
        if (!/^Bearer ./.test(request.headers.authorization ?? '')) {
          return googleError(401, 'UNAUTHENTICATED', 'Request had no access token.');
        }
        return send(project!, await readJson(request));
      case 'GET /messages':
        return { status: 200, body: messages };
      case 'DELETE /messages':
        messages.length = 0;
        return { status: 204 };
      case 'POST /faults': {
        const fault = faultRequest.safeParse(await readJson(request));
        if (!fault.success) return googleError(400, 'INVALID_ARGUMENT', z.prettifyError(fault.error));
        faults.set(fault.data.token, fault.data);
        return { status: 204 };
      }
      case 'DELETE /faults':
        faults.clear();
        return { status: 204 };
      case 'GET /health':
        return { status: 200, body: { status: 'ok' } };
      default:
        return googleError(404, 'NOT_FOUND', `No ${request.method} ${path} here.`);
    }
  };

  const server = createServer((request, response) => {
    answer(request).then(
      (result) => reply(response, result),
      (error: Error) => reply(response, googleError(400, 'INVALID_ARGUMENT', error.message)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

function googleError(code: number, status: string, message: string, details: unknown[] = []): Answer {
  return { status: code, body: { error: { code, message, status, ...(details.length > 0 && { details }) } } };
}

function fcmError(
  code: FcmErrorCode,
  { message, retryAfterSeconds }: { message?: string | undefined; retryAfterSeconds?: number | undefined },
): Answer {
  const error = FCM_ERRORS[code];
  const detail = { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode: code };
  return {
    ...googleError(error.http, error.status, message ?? error.message, [detail]),
    ...(retryAfterSeconds !== undefined && { headers: { 'Retry-After': String(retryAfterSeconds) } }),
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function reply(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('not a port');
  return port;
}

if (import.meta.main) {
  const { host, port } = new Command('fcm-stand-in')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on', portNumber, 4020)
    .parse()
    .opts<{ host: string; port: number }>();
  const standIn = await startFcmStandIn({ host, port });
  process.stdout.write(`fcm stand-in at ${standIn.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void standIn.close());
}
