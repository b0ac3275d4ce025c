import { describe, expect, it } from 'vitest';
import { sameCredentials, temporalCredentials } from './credentials.ts';
import { temporalSettings } from './settings.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/**
 * The credentials that `env` leads to. A file holds `in <its path>`, unless `files` gives it another content.
 */
const of = (env: Record<string, string>, files: Record<string, string> = {}) =>
  temporalCredentials(temporalSettings.parse(env), async (path) => bytes(files[path] ?? `in ${path}\n`));

const certificate = { TEMPORAL_CLIENT_CERT_PATH: 'crt', TEMPORAL_CLIENT_KEY_PATH: 'key' };

describe('what a connection to Temporal is opened with', () => {
  it('is nothing where nothing is proven and nobody trusted, and TLS everywhere else', async () => {
    expect(await of({})).toEqual({ tls: false });
    expect(await of({ TEMPORAL_SERVER_CA_PATH: 'ca' })).toEqual({
      tls: { serverRootCACertificate: bytes('in ca\n') },
    });
    expect(await of(certificate)).toEqual({
      tls: { clientCertPair: { crt: bytes('in crt\n'), key: bytes('in key\n') } },
    });
    expect(await of({ TEMPORAL_API_KEY: 'ours' })).toEqual({ tls: {}, apiKey: 'ours' });
    expect(await of({ TEMPORAL_API_KEY_PATH: 'file' })).toEqual({ tls: {}, apiKey: 'in file' });
  });

  it('is another one as soon as any of it is', async () => {
    const env = { ...certificate, TEMPORAL_SERVER_CA_PATH: 'ca' };
    expect(sameCredentials(await of(env), await of(env))).toBe(true);
    for (const path of ['crt', 'key', 'ca']) {
      expect(sameCredentials(await of(env), await of(env, { [path]: 'new' }))).toBe(false);
    }
    expect(sameCredentials(await of({ TEMPORAL_API_KEY: 'a' }), await of({ TEMPORAL_API_KEY: 'b' }))).toBe(
      false,
    );
    expect(sameCredentials(await of({}), await of(certificate))).toBe(false);
  });
});
