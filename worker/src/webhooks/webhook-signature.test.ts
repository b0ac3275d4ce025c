import { randomBytes } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { describe, expect, it } from 'vitest';
import { webhookHeaders } from './webhook-signature.ts';

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const [current, former, foreign] = [newSecret(), newSecret(), newSecret()];

const id = '8f14e45f-ea5b-4a3c-9d2e-0b1c2d3e4f50:scan.step.completed:estimation';
const body = JSON.stringify({ id, type: 'scan.step.completed', data: { scanId: 'ü' } });
const MINUTE = 60_000;

const signed = (secrets: string[], ageMs = 0) =>
  webhookHeaders(id, body, secrets, new Date(Date.now() - ageMs), 'application/cloudevents+json');

it('names the content type that the endpoint asked for', () => {
  const typed = webhookHeaders(id, body, [current], new Date(), 'application/json');
  expect(typed['content-type']).toBe('application/json; charset=utf-8');
  expect(signed([current])['content-type']).toBe('application/cloudevents+json; charset=utf-8');
});

/** `count` copies of a text, each with one bit flipped, at places spread over the text. */
function flips(text: string, count: number): string[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: count }, (_, n) => {
    const changed = Buffer.from(bytes);
    changed[Math.floor((n * bytes.length) / count)]! ^= 1 << (n % 7);
    return changed.toString('latin1');
  });
}

describe.each([
  ['standardwebhooks', (secret: string) => new StandardWebhook(secret)],
  ['svix', (secret: string) => new SvixWebhook(secret)],
])('a receiver with %s', (_, receiver) => {
  const verify = (headers: Record<string, string>, text = body, secret = current) =>
    receiver(secret).verify(text, headers);

  // svix returns nothing; standardwebhooks returns the event.
  const takes = (...given: Parameters<typeof verify>) => expect(() => verify(...given)).not.toThrow();

  it('takes what we sign', () => {
    expect(() => verify(signed([current]))).not.toThrow();
  });

  it('takes it by either secret while two are valid', () => {
    const headers = signed([current, former]);
    expect(headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/);
    takes(headers);
    takes(headers, body, former);
  });

  it('refuses it by the old secret once that has ended, and by that of another endpoint', () => {
    expect(() => verify(signed([current]), body, former)).toThrow(/signature/i);
    expect(() => verify(signed([current, former]), body, foreign)).toThrow(/signature/i);
  });

  it('refuses it again after five minutes, or from as far ahead', () => {
    takes(signed([current], 4.9 * MINUTE));
    expect(() => verify(signed([current], 5.1 * MINUTE))).toThrow(/too old/i);
    expect(() => verify(signed([current], -5.1 * MINUTE))).toThrow(/too new/i);
  });

  it('refuses another time with the same signature', () => {
    const headers = signed([current]);
    const later = String(Number(headers['webhook-timestamp']) + 1);
    expect(() => verify({ ...headers, 'webhook-timestamp': later })).toThrow(/signature/i);
  });

  it('refuses another id', () => {
    const headers = signed([current]);
    expect(() => verify({ ...headers, 'webhook-id': `${id}2` })).toThrow(/signature/i);
    // The signed text is `id.time.body`, and the id contains full stops. An id that is cut at its first one must not
    // verify.
    const [start] = id.split('.');
    expect(() => verify({ ...headers, 'webhook-id': start! })).toThrow(/signature/i);
  });

  it('refuses flipped bits, wherever they are', () => {
    const headers = signed([current]);
    for (const text of flips(body, 40)) expect(() => verify(headers, text)).toThrow(/signature/i);
    for (const signature of flips(headers['webhook-signature']!.slice('v1,'.length), 20)) {
      if (signature.startsWith(headers['webhook-signature']!.slice(3))) continue;
      expect(() => verify({ ...headers, 'webhook-signature': `v1,${signature}` })).toThrow(/./);
    }
  });

  it('refuses what carries no signature', () => {
    const { 'webhook-signature': _signature, ...headers } = signed([current]);
    expect(() => verify(headers)).toThrow(/header/i);
    expect(() => verify({ ...headers, 'webhook-signature': '' })).toThrow(/header/i);
  });
});
