import { describe, expect, it } from 'vitest';
import { toBase64 } from './payload-codec.ts';
import { payloadEncryption } from './payload-encryption.ts';

const KEY = toBase64(new Uint8Array(32).fill(7));
const CLOUD = { TEMPORAL_ADDRESS: 'ns.acct.tmprl.cloud:7233' };

const problems = (env: Record<string, string>) =>
  payloadEncryption.safeParse(env).error?.issues.map(({ message }) => message) ?? [];

describe('payloadEncryption', () => {
  it('encrypts with the first of the keys', () => {
    const parsed = payloadEncryption.parse({ ...CLOUD, PAYLOAD_ENCRYPTION_KEYS: `b:${KEY}, a:${KEY}` });
    expect(parsed.encrypts).toBe(true);
    expect(parsed.keys.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(parsed.keys[0]!.bytes).toEqual(new Uint8Array(32).fill(7));
  });

  it('is off without keys on loopback, and elsewhere only when told so', () => {
    for (const env of [
      {},
      { TEMPORAL_ADDRESS: '127.0.0.1:7233', PAYLOAD_ENCRYPTION_KEYS: '' },
      { ...CLOUD, PAYLOAD_ENCRYPTION: 'off' },
    ])
      expect(payloadEncryption.parse(env)).toEqual({ keys: [], encrypts: false });
    expect(problems(CLOUD)).toEqual([
      expect.stringContaining('is required where Temporal is not on loopback'),
    ]);
  });

  it('reads with the keys, but writes nothing encrypted, when it is off', () => {
    const parsed = payloadEncryption.parse({
      ...CLOUD,
      PAYLOAD_ENCRYPTION: 'off',
      PAYLOAD_ENCRYPTION_KEYS: `a:${KEY}`,
    });
    expect(parsed).toMatchObject({ encrypts: false, keys: [{ id: 'a' }] });
  });

  it.each([
    ['no keys although it is on', { PAYLOAD_ENCRYPTION: 'on' }, 'is required by'],
    ['another word than on and off', { PAYLOAD_ENCRYPTION: 'no' }, 'on or off'],
    ['a key without its id', { PAYLOAD_ENCRYPTION_KEYS: KEY }, 'entry 1'],
    ['a short key', { PAYLOAD_ENCRYPTION_KEYS: `a:${KEY},b:c2hvcnQ=` }, 'entry 2'],
    ['a key that is no base64', { PAYLOAD_ENCRYPTION_KEYS: 'a:*' }, 'entry 1'],
    ['an id that is none', { PAYLOAD_ENCRYPTION_KEYS: `a b:${KEY}` }, 'entry 1'],
    ['two keys of one id', { PAYLOAD_ENCRYPTION_KEYS: `a:${KEY},a:${KEY}` }, 'two keys'],
    [
      'the public key of the local stack away from loopback',
      { ...CLOUD, PAYLOAD_ENCRYPTION_KEYS: `development:${KEY}` },
      'public key',
    ],
  ])('refuses %s, and quotes no key', (_, env, named) => {
    expect(problems(env)).toEqual([expect.stringContaining(named)]);
    expect(problems(env).join()).not.toContain(KEY.slice(0, 8));
  });
});
