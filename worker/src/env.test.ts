import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

const enough = { GOOGLE_CLOUD_PROJECT: 'demo', OPENAI_API_KEY: 'sk-secret' };

describe("the worker's environment", () => {
  it('needs little, and fills in the rest', () => {
    expect(readEnv(enough)).toMatchObject({
      bucket: 'demo.firebasestorage.app',
      temporal: { taskQueue: 'body-fat-analysis-queue' },
      healthPort: 8090,
    });
  });

  it('hides faces unless it is told not to', () => {
    expect(readEnv(enough).hideFaces).toBe(true);
    expect(readEnv({ ...enough, HIDE_FACES: 'on' }).hideFaces).toBe(true);
    expect(readEnv({ ...enough, HIDE_FACES: 'off' }).hideFaces).toBe(false);
    expect(() => readEnv({ ...enough, HIDE_FACES: 'no' })).toThrow(/HIDE_FACES: must be on or off/);
  });

  it('names every problem at once, and no value', () => {
    const wrong = {
      OPENAI_API_KEY: 'sk-secret',
      FCM_ENDPOINT: 'nowhere',
      WORKER_HEALTH_PORT: 'x',
      TEMPORAL_CLIENT_CERT_PATH: '/cert.pem',
      AZURE_OPENAI_API_KEY: 'azure-secret',
    };
    expect(() => readEnv(wrong)).toThrow(
      /GOOGLE_CLOUD_PROJECT[^]*FCM_ENDPOINT[^]*WORKER_HEALTH_PORT[^]*TEMPORAL_CLIENT_KEY_PATH/,
    );
    expect(() => readEnv(wrong)).not.toThrow(/secret/);
  });

  it('wants a model key, or the whole of Azure', () => {
    expect(() => readEnv({ GOOGLE_CLOUD_PROJECT: 'demo' })).toThrow(/OPENAI_API_KEY/);
    expect(() => readEnv({ ...enough, AZURE_OPENAI_API_KEY: 'k' })).toThrow(/AZURE_OPENAI_ENDPOINT/);
    const azure = {
      GOOGLE_CLOUD_PROJECT: 'demo',
      AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com',
      AZURE_OPENAI_API_KEY: 'k',
      AZURE_OPENAI_DEPLOYMENT: 'd',
    };
    expect(readEnv(azure).model).toMatchObject({ model: 'gpt-5.1', azure: { deployment: 'd' } });
  });

  it('refuses a model that the registry does not know, with the names that it does', () => {
    expect(() => readEnv({ ...enough, OPENAI_MODEL: 'gpt-51' })).toThrow(
      /OPENAI_MODEL: .*gpt-5\.2, gpt-5\.1/,
    );
    expect(() => readEnv({ ...enough, OPENAI_EMBEDDING_MODEL: 'gpt-5.1' })).toThrow(
      /OPENAI_EMBEDDING_MODEL: .*text-embedding-3-small/,
    );
    expect(readEnv({ ...enough, OPENAI_MODEL: 'gpt-5-mini-2025-08-07' }).model.model).toMatch(/^gpt-5-mini/);
  });

  it('refuses a model without eyes where photos are shown', () => {
    const blind = { ...enough, OPENAI_MODEL: 'o3-mini' };
    expect(() => readEnv({ ...blind, VISUAL_ESTIMATE: 'off' })).toThrow(/OPENAI_MODEL: sees no photos/);
    expect(readEnv({ ...blind, VISUAL_ESTIMATE: 'off', MODEL_QUALITY_CHECK: 'off' }).model.model).toBe(
      'o3-mini',
    );
  });

  it("makes the provider's name of a user with a salt of the project, or one that is given", () => {
    expect(readEnv(enough).model.safetySalt).toBe('demo');
    const salt = 'sixteen letters!';
    expect(readEnv({ ...enough, SAFETY_IDENTIFIER_SALT: salt }).model.safetySalt).toBe(salt);
    expect(() => readEnv({ ...enough, SAFETY_IDENTIFIER_SALT: 'short' })).toThrow(/SAFETY_IDENTIFIER_SALT/);
  });

  it('asks the model for body fat unless that is switched off', () => {
    expect(readEnv(enough).visualEstimate).toBe(true);
    expect(readEnv({ ...enough, VISUAL_ESTIMATE: 'off' }).visualEstimate).toBe(false);
    expect(() => readEnv({ ...enough, VISUAL_ESTIMATE: 'no' })).toThrow(
      /VISUAL_ESTIMATE: must be model or off/,
    );
  });

  it('shows photos to the model unless told not to', () => {
    expect(readEnv(enough).modelQualityCheck).toBe(true);
    expect(readEnv({ ...enough, MODEL_QUALITY_CHECK: 'off' }).modelQualityCheck).toBe(false);
    expect(() => readEnv({ ...enough, MODEL_QUALITY_CHECK: 'no' })).toThrow(/MODEL_QUALITY_CHECK/);
  });

  it('lets webhooks go to http on loopback on one machine only', () => {
    const asked = { ...enough, WEBHOOK_ALLOW_LOOPBACK_HTTP: 'true' };
    expect(() => readEnv(asked)).toThrow(/WEBHOOK_ALLOW_LOOPBACK_HTTP/);
    expect(readEnv({ ...asked, FIRESTORE_EMULATOR_HOST: 'localhost:8080' })).toMatchObject({
      webhookAllowLoopbackHttp: true,
    });
    expect(readEnv(enough)).toMatchObject({ webhookAllowLoopbackHttp: false });
  });

  it('keeps the archive in a bucket of its own', () => {
    expect(readEnv(enough).archiveBucket).toBe(`${enough.GOOGLE_CLOUD_PROJECT}-archive`);
    expect(readEnv({ ...enough, ARCHIVE_BUCKET: 'kept' }).archiveBucket).toBe('kept');
    const photos = readEnv(enough).bucket;
    expect(() => readEnv({ ...enough, ARCHIVE_BUCKET: photos })).toThrow(/ARCHIVE_BUCKET/);
  });

  it('wants keys for what Temporal keeps, unless Temporal is on this machine', () => {
    const cloud = { ...enough, TEMPORAL_ADDRESS: 'ns.acct.tmprl.cloud:7233' };
    expect(() => readEnv(cloud)).toThrow(/PAYLOAD_ENCRYPTION_KEYS/);
    expect(readEnv({ ...cloud, PAYLOAD_ENCRYPTION: 'off' }).encryption.encrypts).toBe(false);
    expect(readEnv(enough).encryption.encrypts).toBe(false);
  });

  it('sends to a collector where one is named, without a slash at its end', () => {
    expect(readEnv(enough)).toMatchObject({ metricsPort: 9464, otlp: undefined });
    const named = { ...enough, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };
    expect(readEnv(named).otlp).toEqual({ endpoint: 'http://collector:4318', everyMs: 60_000 });
    expect(() => readEnv({ ...enough, OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' })).toThrow(/OTLP_ENDPOINT/);
  });

  it('names a build with its deployment, or neither', () => {
    expect(readEnv(enough).deployment).toBeUndefined();
    expect(() => readEnv({ ...enough, WORKER_BUILD_ID: '1' })).toThrow(/WORKER_DEPLOYMENT_NAME/);
    expect(readEnv({ ...enough, WORKER_DEPLOYMENT_NAME: 'scans', WORKER_BUILD_ID: '1' }).deployment).toEqual({
      deploymentName: 'scans',
      buildId: '1',
    });
  });
});
