import { assert, asyncProperty, dictionary, string, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Payload, payloadCodec, type PayloadKey, toBase64, workflowOfPayload } from './payload-codec.ts';

const key = (id: string, filler: number): PayloadKey => ({ id, bytes: new Uint8Array(32).fill(filler) });
const [older, newer] = [key('2026-01', 1), key('2026-07', 2)];

const codecOf = (keys: PayloadKey[], { namespace = 'scans', encrypts = true } = {}) =>
  payloadCodec({ namespace, keys, encrypts });

const utf8 = new TextEncoder();
const payload = (value: unknown): Payload => ({
  metadata: { encoding: utf8.encode('json/plain') },
  data: utf8.encode(JSON.stringify(value)),
});
const CANARY = 'weight 187.3125 lb';
const readable = ({ metadata, data }: Payload) =>
  [...Object.values(metadata ?? {}), data ?? []].map((bytes) => Buffer.from(bytes).toString('latin1')).join();

describe('a payload', () => {
  it('comes back as it was, whatever it held', async () => {
    const codec = codecOf([newer]);
    const bytes = uint8Array({ maxLength: 5000 });
    await assert(
      asyncProperty(
        dictionary(
          string().filter((name) => name !== '__proto__'),
          bytes,
        ),
        bytes,
        async (metadata, data) => {
          const original = { metadata: { ...metadata }, data };
          const decoded = await codec.decode(await codec.encode([original], { workflowId: 'w' }), {
            workflowId: 'w',
          });
          expect(decoded).toEqual([original]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is unreadable, and never the same twice', async () => {
    const codec = codecOf([newer]);
    const [one, other] = await codec.encode([payload(CANARY), payload(CANARY)], { workflowId: 'w' });
    expect(readable(one!)).not.toContain('187');
    expect(readable(one!)).not.toContain(toBase64(utf8.encode(CANARY)).slice(0, 12));
    expect(one!.data).not.toEqual(other!.data);
    expect(workflowOfPayload(one!)).toBe('w');
  });

  it('does not decrypt in another workflow, under its own or a forged name', async () => {
    const codec = codecOf([newer]);
    const [sealed] = await codec.encode([payload(CANARY)], { workflowId: 'mine' });
    await expect(codec.decode([sealed!], { workflowId: 'other' })).rejects.toThrow('another workflow');
    const forged = {
      ...sealed!,
      metadata: { ...sealed!.metadata, 'encryption-workflow-id': utf8.encode('other') },
    };
    await expect(codec.decode([forged], { workflowId: 'other' })).rejects.toThrow('does not decrypt');
  });

  it('does not decrypt in another namespace', async () => {
    const sealed = await codecOf([newer]).encode([payload(CANARY)], { workflowId: 'w' });
    await expect(codecOf([newer], { namespace: 'others' }).decode(sealed)).rejects.toThrow(
      'does not decrypt',
    );
  });

  it('does not decrypt when a bit of it was changed', async () => {
    const codec = codecOf([newer]);
    const [sealed] = await codec.encode([payload(CANARY)]);
    for (const at of [0, 12, sealed!.data!.length - 1]) {
      const data = Uint8Array.from(sealed!.data!);
      data[at]! ^= 1;
      await expect(codec.decode([{ ...sealed!, data }])).rejects.toThrow('does not decrypt');
    }
  });

  it('decrypts where the SDK does not say whose it is, as for the Web UI', async () => {
    const codec = codecOf([newer]);
    const sealed = await codec.encode([payload(CANARY)], { workflowId: 'w' });
    expect(await codec.decode(sealed)).toEqual([payload(CANARY)]);
  });

  it('that was never encrypted passes', async () => {
    expect(await codecOf([newer]).decode([payload(CANARY)], { workflowId: 'w' })).toEqual([payload(CANARY)]);
  });
});

describe('a keyring', () => {
  it('encrypts with its first key and decrypts with all', async () => {
    const before = await codecOf([older]).encode([payload(CANARY)]);
    const rotated = codecOf([newer, older]);
    expect(await rotated.decode(before)).toEqual([payload(CANARY)]);
    const after = await rotated.encode([payload(CANARY)]);
    await expect(codecOf([older]).decode(after)).rejects.toThrow('"2026-07"');
    expect(await codecOf([newer]).decode(after)).toEqual([payload(CANARY)]);
  });

  it('that no longer encrypts still reads', async () => {
    const before = await codecOf([older]).encode([payload(CANARY)]);
    const off = codecOf([older], { encrypts: false });
    expect(await off.decode(before)).toEqual([payload(CANARY)]);
    expect(await off.encode([payload(CANARY)])).toEqual([payload(CANARY)]);
  });
});
