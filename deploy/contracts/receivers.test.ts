/** Verifies webhooks, as the worker sends them, by the Standard Webhooks libraries of partners' languages. */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WEBHOOK_CONTENT_TYPES, webhookBody } from '@reddyfit/shared/webhooks/endpoints';
import { execa } from 'execa';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provisionPartnerPython } from '../../local/provision/provision.ts';
import { webhookHttp } from '../../worker/src/webhooks/webhook-http.ts';
import { webhookHeaders } from '../../worker/src/webhooks/webhook-signature.ts';

interface Message {
  readonly secret: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const folder = mkdtempSync(join(tmpdir(), 'reddyfit-receivers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const runs = async (file: string, args: string[], message: Message) => {
  const { exitCode } = await execa(file, args, { input: JSON.stringify(message), reject: false });
  return exitCode === 0;
};

let python: string;
const goReceiver = join(folder, 'receiver');
beforeAll(async () => {
  python = await provisionPartnerPython();
  await execa('go', ['build', '-o', goReceiver, '.'], { cwd: join(import.meta.dirname, 'go-receiver') });
});

/** A fetch handler as docs/webhooks.md shows it. */
const fetchHandler = (secret: string) => async (request: Request) => {
  try {
    new Webhook(secret).verify(await request.text(), Object.fromEntries(request.headers));
    return new Response(null, { status: 204 });
  } catch {
    return new Response(null, { status: 401 });
  }
};

/** By language: whether a receiver accepts the message. */
const RECEIVERS: Record<string, (message: Message) => Promise<boolean>> = {
  async JavaScript({ secret, headers, body }) {
    const request = new Request('https://partner.example/', { method: 'POST', headers, body });
    return (await fetchHandler(secret)(request)).status === 204;
  },
  Python: (message) => runs(python, [join(import.meta.dirname, 'verify_webhook.py')], message),
  Go: (message) => runs(goReceiver, [], message),
};

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
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

/** The message that a server receives when the worker sends the event. */
async function arrived(secrets: string[], contentType: (typeof WEBHOOK_CONTENT_TYPES)[number]) {
  const message = Promise.withResolvers<Omit<Message, 'secret'>>();
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    message.resolve({ headers: request.headers as Record<string, string>, body: text });
    response.writeHead(204).end();
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const { port } = server.address() as AddressInfo;
  const headers = webhookHeaders(id, body, secrets, new Date(), contentType);
  const sender = webhookHttp({ allowLoopback: true });
  await sender.send(`http://127.0.0.1:${port}/`, { headers, body }, new AbortController().signal);
  server.close();
  return message.promise;
}

describe.each(Object.entries(RECEIVERS))('a receiver in %s', (_, takes) => {
  it.each(WEBHOOK_CONTENT_TYPES)(
    'takes what the worker sends as %s, by the old secret and the new',
    async (type) => {
      const [current, former] = [newSecret(), newSecret()];
      const message = await arrived([current, former], type);
      expect(message.headers['content-type']).toBe(`${type}; charset=utf-8`);
      expect(await takes({ ...message, secret: current })).toBe(true);
      expect(await takes({ ...message, secret: former })).toBe(true);
      expect(await takes({ ...message, secret: newSecret() })).toBe(false);
      expect(await takes({ ...message, secret: current, body: message.body.replace('we_', 'we-') })).toBe(
        false,
      );
    },
  );
});
