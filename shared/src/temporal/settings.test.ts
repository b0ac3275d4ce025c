import { describe, expect, it } from 'vitest';
import { temporalSettings } from './settings.ts';

const problems = (env: Record<string, string>) =>
  temporalSettings.safeParse(env).error?.issues.map((issue) => issue.path.join('.')) ?? [];

const PEM = '-----BEGIN CERTIFICATE-----';

describe('how Temporal is reached', () => {
  it('is the local server where nothing is set, or set to nothing', () => {
    expect(temporalSettings.parse({ TEMPORAL_NAMESPACE: '' })).toMatchObject({
      address: 'localhost:7233',
      namespace: 'default',
      taskQueue: 'body-fat-analysis-queue',
    });
  });

  it('is refused with half a certificate, two proofs, or a URL for an address', () => {
    expect(problems({ TEMPORAL_CLIENT_CERT_PATH: 'c' })).toEqual(['TEMPORAL_CLIENT_KEY_PATH']);
    expect(problems({ TEMPORAL_CLIENT_KEY_PATH: 'k' })).toEqual(['TEMPORAL_CLIENT_CERT_PATH']);
    expect(
      problems({ TEMPORAL_CLIENT_CERT_PATH: 'c', TEMPORAL_CLIENT_KEY_PATH: 'k', TEMPORAL_API_KEY: 'a' }),
    ).toEqual(['TEMPORAL_API_KEY']);
    expect(problems({ TEMPORAL_API_KEY_PATH: 'p', TEMPORAL_API_KEY: 'a' })).toEqual(['TEMPORAL_API_KEY']);
    expect(problems({ TEMPORAL_CLIENT_CERT: PEM })).toEqual(['TEMPORAL_CLIENT_KEY']);
    expect(problems({ TEMPORAL_CLIENT_CERT: '/cert.pem', TEMPORAL_CLIENT_KEY: PEM })).toEqual([
      'TEMPORAL_CLIENT_CERT',
    ]);
    expect(problems({ TEMPORAL_ADDRESS: 'https://x:7233' })).toEqual(['TEMPORAL_ADDRESS']);
  });

  it('takes a certificate and a key from files, or as they are', () => {
    const from = (env: Record<string, string>) => temporalSettings.parse(env).proof;
    expect(from({})).toBeUndefined();
    expect(from({ TEMPORAL_CLIENT_CERT_PATH: 'c', TEMPORAL_CLIENT_KEY_PATH: 'k' })).toEqual({
      kind: 'certificate',
      certificate: { path: 'c' },
      key: { path: 'k' },
    });
    expect(from({ TEMPORAL_CLIENT_CERT: PEM, TEMPORAL_CLIENT_KEY: PEM })).toEqual({
      kind: 'certificate',
      certificate: { text: PEM },
      key: { text: PEM },
    });
    expect(from({ TEMPORAL_API_KEY_PATH: 'p' })).toEqual({ kind: 'api-key', key: { path: 'p' } });
  });
});
