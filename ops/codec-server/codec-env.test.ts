import { describe, expect, it } from 'vitest';
import { readCodecEnv } from './codec-env.ts';

const PAYLOAD_ENCRYPTION_KEYS = `2026-07:${Buffer.alloc(32, 7).toString('base64')}`;
const production = {
  GOOGLE_CLOUD_PROJECT: 'reddyfit',
  TEMPORAL_ADDRESS: 'ns.acct.tmprl.cloud:7233',
  TEMPORAL_NAMESPACE: 'ns.acct',
  PAYLOAD_ENCRYPTION_KEYS,
  CODEC_SERVER_HOST: '0.0.0.0',
  CODEC_SERVER_ORIGINS: 'https://cloud.temporal.io, https://temporal.example',
};
const local = { PAYLOAD_ENCRYPTION_KEYS, CODEC_SERVER_AUTH: 'none' };

describe("the codec server's environment", () => {
  it('asks for operators unless told otherwise', () => {
    expect(readCodecEnv(production)).toMatchObject({
      host: '0.0.0.0',
      port: 8888,
      projectId: 'reddyfit',
      namespace: 'ns.acct',
      origins: ['https://cloud.temporal.io', 'https://temporal.example'],
    });
    expect(readCodecEnv(local)).toMatchObject({ host: '127.0.0.1', projectId: null, origins: [] });
  });

  it.each([
    ['to ask nobody of a Temporal elsewhere', { ...production, CODEC_SERVER_AUTH: 'none' }, 'AUTH: none'],
    ['to ask nobody on all interfaces', { ...local, CODEC_SERVER_HOST: '0.0.0.0' }, 'AUTH: none'],
    ['tokens that nobody signed', { ...production, FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:9099' }, 'signed'],
    ['no project', { ...production, GOOGLE_CLOUD_PROJECT: '' }, 'GOOGLE_CLOUD_PROJECT'],
    ['no keys', { ...local, PAYLOAD_ENCRYPTION_KEYS: '' }, 'PAYLOAD_ENCRYPTION_KEYS'],
    ['every origin', { ...production, CODEC_SERVER_ORIGINS: '*' }, 'CODEC_SERVER_ORIGINS'],
  ])('refuses %s', (_, env, named) => {
    expect(() => readCodecEnv(env)).toThrow(named);
  });
});
