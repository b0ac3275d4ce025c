import { describe, expect, it } from 'vitest';
import { temporalSettings } from './temporal-settings.ts';

const problems = (env: Record<string, string>) =>
  temporalSettings.safeParse(env).error?.issues.map((issue) => issue.path.join('.')) ?? [];

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
    expect(problems({ TEMPORAL_ADDRESS: 'https://x:7233' })).toEqual(['TEMPORAL_ADDRESS']);
  });
});
