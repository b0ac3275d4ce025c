/**
 * Sends webhooks, as the worker sends them, to the receivers that docs/webhooks.md shows: each snippet is taken from the page
 * and run as it stands, with the libraries that it names.
 */

import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webhookBody } from '@reddyfit/shared/webhooks/deliveries';
import { WEBHOOK_CONTENT_TYPES } from '@reddyfit/shared/webhooks/endpoints';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { provisionOne } from '../../local/provision/provision.ts';
import { partnerPython } from '../../local/provision/servers.ts';
import { freePort } from '../../local/stack/ports.ts';
import { repositoryRoot } from '../../repository.ts';
import { webhookHttp } from '../../worker/src/webhooks/webhook-http.ts';
import { webhookHeaders } from '../../worker/src/webhooks/webhook-signature.ts';

const page = await readFile(join(repositoryRoot, 'docs', 'webhooks.md'), 'utf8');

/** The snippet of the page in `language` that contains `mark`. */
function snippet(language: string, mark: string): string {
  const all = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))];
  return all.map(([, code]) => code!).find((code) => code.includes(mark))!;
}

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const [current, former] = [newSecret(), newSecret()];

let folder: string;
const ended: (() => void | Promise<unknown>)[] = [];

/** Runs a receiver. Resolves with its address once it listens. */
async function run(file: string, argsAt: (port: number) => string[], secret: string): Promise<string> {
  const port = await freePort();
  const env = { WEBHOOK_SECRET: secret, PORT: String(port) };
  const receiver = execa(file, argsAt(port), { cwd: folder, env, reject: false, all: true });
  ended.push(async () => {
    receiver.kill();
    await receiver;
  });
  await vi.waitFor(
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = createConnection(port, '127.0.0.1', () => {
          socket.end();
          resolve();
        });
        socket.on('error', reject);
      }),
    { timeout: 60_000, interval: 100 },
  );
  return `http://127.0.0.1:${port}/hooks`;
}

/** Serves the fetch handler of the page. */
async function serveHandler(secret: string): Promise<string> {
  process.env['WEBHOOK_SECRET'] = secret;
  const { POST } = (await import(/* @vite-ignore */ `${join(folder, 'handler.ts')}?${secret.slice(-8)}`)) as {
    POST(request: Request): Promise<Response>;
  };
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const headers = request.headers as Record<string, string>;
    const answer = await POST(
      new Request('https://partner.example/hooks', { method: 'POST', headers, body }),
    );
    response.writeHead(answer.status).end();
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  ended.push(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
}

let python: string;

/** By name: starts the receiver of that snippet with a secret, and resolves with its address. */
const RECEIVERS: Record<string, (secret: string) => Promise<string>> = {
  Express: (secret) => run(process.execPath, () => [join(folder, 'express.ts')], secret),
  'a fetch handler': serveHandler,
  FastAPI: (secret) => run(python, (port) => ['-m', 'uvicorn', 'receiver:app', '--port', `${port}`], secret),
  Go: (secret) => run(join(folder, 'go', 'receiver'), () => [], secret),
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reddyfit-receivers-'));
  const go = join(folder, 'go');
  await mkdir(go);
  await Promise.all([
    symlink(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules')),
    writeFile(join(folder, 'package.json'), '{"type":"module"}'),
    writeFile(join(folder, 'express.ts'), snippet('ts', "from 'express'")),
    writeFile(join(folder, 'handler.ts'), snippet('ts', 'export async function POST')),
    writeFile(join(folder, 'receiver.py'), snippet('python', 'fastapi')),
    writeFile(join(go, 'main.go'), snippet('go', 'package main')),
    ...['go.mod', 'go.sum'].map((file) => cp(join(import.meta.dirname, 'go-receiver', file), join(go, file))),
  ]);
  python = await provisionOne(partnerPython);
  await execa('go', ['build', '-o', 'receiver', '.'], { cwd: go });
});
afterAll(async () => {
  for (const end of ended) await end();
  await rm(folder, { recursive: true });
});

const id = 'test_1a6c8c0d-8eeb-433b-8ab9-3321f7806f27';
const body = webhookBody({
  specversion: '1.0',
  id,
  source: '/webhooks',
  subject: 'we_ü',
  time: '2026-11-24T00:00:00.000Z',
  datacontenttype: 'application/json',
  type: 'webhook.test',
  data: {},
})!;
const sender = webhookHttp({ allowLoopback: true });
const send = async (url: string, headers: Record<string, string>, text = body) =>
  (await sender.send(url, { headers, body: text }, new AbortController().signal)).status;
const signed = (secrets: string[], type: (typeof WEBHOOK_CONTENT_TYPES)[number] = WEBHOOK_CONTENT_TYPES[0]) =>
  webhookHeaders(id, body, secrets, new Date(), type);

describe.each(Object.entries(RECEIVERS))('%s, as docs/webhooks.md shows it', (_, start) => {
  let byNew: string;
  let byOld: string;
  beforeAll(async () => {
    byNew = await start(current);
    byOld = await start(former);
  });

  it.each(WEBHOOK_CONTENT_TYPES)(
    'takes what the worker sends as %s, by the old secret and the new',
    async (type) => {
      expect(await send(byNew, signed([current, former], type))).toBe(204);
      expect(await send(byOld, signed([current, former], type))).toBe(204);
    },
  );

  it.each<[string, () => Record<string, string>, string?]>([
    ['signed by somebody else', () => signed([newSecret()])],
    ['changed on its way', () => signed([current]), body.replace('we_', 'we-')],
    ['without a signature', () => ({ 'content-type': 'application/json' })],
    ['with a signature of another form', () => ({ ...signed([current]), 'webhook-signature': 'v1;§' })],
    ['with a time that is none', () => ({ ...signed([current]), 'webhook-timestamp': 'now' })],
    [
      'of last year',
      () =>
        webhookHeaders(id, body, [current], new Date(Date.now() - 31_536_000_000), WEBHOOK_CONTENT_TYPES[0]),
    ],
    ['without a body', () => signed([current]), ''],
  ])('answers 401, and not 500, to a request %s', async (_name, headers, text) => {
    expect(await send(byNew, headers(), text)).toBe(401);
  });
});
