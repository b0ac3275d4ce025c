import { describe, expect, it } from 'vitest';
import { type ConfigValues, parseConfig } from './config.ts';

const local: ConfigValues = {
  PROJECT_ID: 'demo-reddyfit',
  TEMPORAL_API_KEY: 'none',
  PAYLOAD_ENCRYPTION_KEYS: 'none',
};
const KEY = Buffer.alloc(32, 7).toString('base64');

describe('parseConfig', () => {
  it('needs nothing but a project', () => {
    expect(parseConfig(local)).toMatchObject({
      temporal: { address: 'localhost:7233', namespace: 'default', taskQueue: 'body-fat-analysis-queue' },
      bucket: 'demo-reddyfit.firebasestorage.app',
      encryption: { keys: [], encrypts: false },
      speculativeEstimation: true,
      enforceAppCheck: true,
      eventMaxAgeMs: 3_600_000,
      grantCreditsPerDay: 1000,
      maxOpenUploads: 10,
      leastAge: 16,
      apiStartsPerMinute: 20,
    });
  });

  it('takes the empty text of an unset param as unset', () => {
    const empty = Object.fromEntries(
      ['TEMPORAL_ADDRESS', 'TEMPORAL_CLIENT_CERT_PATH', 'STORAGE_BUCKET', 'STORAGE_API_ENDPOINT'].map(
        (name) => [name, ''],
      ),
    );
    expect(parseConfig({ ...local, ...empty })).toEqual(parseConfig(local));
  });

  it('reads every value', () => {
    expect(
      parseConfig({
        PROJECT_ID: 'p',
        TEMPORAL_ADDRESS: 'ns.acct.tmprl.cloud:7233',
        TEMPORAL_NAMESPACE: 'ns.acct',
        TEMPORAL_TASK_QUEUE: 'other',
        TEMPORAL_API_KEY: 'key',
        PAYLOAD_ENCRYPTION_KEYS: `2026-07:${KEY}`,
        STORAGE_BUCKET: 'bucket.example',
        STORAGE_API_ENDPOINT: 'http://127.0.0.1:4443',
        SPECULATIVE_ESTIMATION: 'false',
        ENFORCE_APP_CHECK: 'false',
        EVENT_MAX_AGE_SECONDS: '60',
        API_STARTS_PER_MINUTE: '5',
        GRANT_CREDITS_PER_DAY: '200',
        MAX_OPEN_UPLOADS: '3',
        LEAST_AGE_YEARS: '18',
        APP_VERSION: '2026.11.25-a',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
        OPERATOR_SECOND_FACTOR: 'false',
        OPERATOR_SESSION_SECONDS: '900',
        OPERATOR_PROXIES: '1',
        ALERTMANAGER_URL: 'https://alerts.example/',
        TEMPORAL_UI_URL: 'https://temporal.example/ui/',
        TRACE_URL: 'https://traces.example/?trace={traceId}',
      }),
    ).toEqual({
      temporal: {
        address: 'ns.acct.tmprl.cloud:7233',
        namespace: 'ns.acct',
        taskQueue: 'other',
        proof: { kind: 'api-key', key: { text: 'key' } },
        serverCa: undefined,
      },
      encryption: { keys: [{ id: '2026-07', bytes: new Uint8Array(32).fill(7) }], encrypts: true },
      bucket: 'bucket.example',
      storageApiEndpoint: 'http://127.0.0.1:4443',
      speculativeEstimation: false,
      enforceAppCheck: false,
      projectId: 'p',
      eventMaxAgeMs: 60_000,
      scanTimeLimitSeconds: 1800,
      grantCreditsPerDay: 200,
      maxOpenUploads: 3,
      leastAge: 18,
      apiStartsPerMinute: 5,
      alertmanagerUrl: 'https://alerts.example',
      desk: {
        secondFactor: false,
        sessionSeconds: 900,
        addresses: null,
        proxies: 1,
        temporalUiUrl: 'https://temporal.example/ui',
        traceUrl: 'https://traces.example/?trace={traceId}',
      },
    });
  });

  it.each<[string, ConfigValues, string]>([
    ['a certificate without its key', { TEMPORAL_CLIENT_CERT_PATH: 'c.pem' }, 'TEMPORAL_CLIENT_KEY_PATH'],
    ['a key without its certificate', { TEMPORAL_CLIENT_KEY_PATH: 'k.pem' }, 'TEMPORAL_CLIENT_CERT_PATH'],
    [
      'both mTLS and an API key',
      {
        TEMPORAL_ADDRESS: 'temporal.example:7233',
        TEMPORAL_CLIENT_CERT_PATH: 'c.pem',
        TEMPORAL_CLIENT_KEY_PATH: 'k.pem',
        TEMPORAL_API_KEY: 'key',
      },
      'TEMPORAL_API_KEY',
    ],
    ['an API key and no address, which is loopback', { TEMPORAL_API_KEY: 'key' }, 'needs TLS'],
    ['an API key on loopback', { TEMPORAL_ADDRESS: '127.0.0.1:7233', TEMPORAL_API_KEY: 'key' }, 'needs TLS'],
    ['Temporal Cloud without credentials', { TEMPORAL_ADDRESS: 'a.b.tmprl.cloud:7233' }, 'Temporal Cloud'],
    [
      'Temporal elsewhere without encryption keys',
      { TEMPORAL_ADDRESS: 'temporal.example:7233' },
      'PAYLOAD_ENCRYPTION_KEYS',
    ],
    ['a network of no size', { OPERATOR_ADDRESSES: '203.0.113.0/33' }, 'OPERATOR_ADDRESSES'],
    ['a name for an address', { OPERATOR_ADDRESSES: '203.0.113.7, office' }, 'OPERATOR_ADDRESSES'],
    ['an endless session', { OPERATOR_SESSION_SECONDS: '86401' }, 'OPERATOR_SESSION_SECONDS'],
    ['an address with a scheme', { TEMPORAL_ADDRESS: 'http://localhost:7233' }, 'TEMPORAL_ADDRESS'],
    ['an address without a port', { TEMPORAL_ADDRESS: 'localhost' }, 'TEMPORAL_ADDRESS'],
    ['a bucket as a URL', { STORAGE_BUCKET: 'gs://bucket' }, 'STORAGE_BUCKET'],
    [
      'a storage endpoint without a scheme',
      { STORAGE_API_ENDPOINT: '127.0.0.1:4443' },
      'STORAGE_API_ENDPOINT',
    ],
    ['a maximal age of nothing', { EVENT_MAX_AGE_SECONDS: '0' }, 'EVENT_MAX_AGE_SECONDS'],
    ['no request at all', { API_STARTS_PER_MINUTE: '0' }, 'API_STARTS_PER_MINUTE'],
    ['neither bucket nor project', { PROJECT_ID: '' }, 'STORAGE_BUCKET'],
  ])('refuses %s', (_, values, named) => {
    expect(() => parseConfig({ ...local, ...values })).toThrow(named);
  });

  it('names every problem at once, and no value', () => {
    const wrong = {
      TEMPORAL_ADDRESS: 'hunter2',
      TEMPORAL_CLIENT_CERT_PATH: 'hunter2.pem',
      STORAGE_API_ENDPOINT: 'hunter2',
      SPECULATIVE_ESTIMATION: 'hunter2',
    };
    const problems = (() => {
      try {
        return String(parseConfig({ ...local, ...wrong }));
      } catch (error) {
        return String(error);
      }
    })();
    for (const name of [
      'TEMPORAL_ADDRESS',
      'TEMPORAL_CLIENT_KEY_PATH',
      'STORAGE_API_ENDPOINT',
      'SPECULATIVE_ESTIMATION',
    ]) {
      expect(problems).toContain(name);
    }
    expect(problems).not.toContain('hunter2');
  });
});
