/**
 * Clients that other people's tools generate from openapi.json: their models have names, and they accept a status that a
 * later version adds.
 */

import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { provisionOne } from '../../local/provision/provision.ts';
import { partnerPython } from '../../local/provision/servers.ts';
import { repositoryRoot } from '../../repository.ts';

const description = join(repositoryRoot, 'functions', 'openapi.json');
const folder = mkdtempSync(join(tmpdir(), 'reddyfit-clients-'));

/** A scan as a later version may return it: with values and fields that openapi.json does not describe. */
const SCAN_OF_TOMORROW = {
  userId: 'user-1',
  photoUrls: { front: 'gs://b/f', back: 'gs://b/b', left: 'gs://b/l', right: 'gs://b/r' },
  weightLb: 180,
  createdAt: '2026-11-24T00:00:00.000Z',
  status: 'paused',
  mood: 'patient',
  steps: Object.fromEntries(
    ['qualityCheck', 'estimation', 'delta', 'insights', 'nutrition', 'workout', 'hydration'].map((step) => [
      step,
      { state: 'resting', attempt: 1 },
    ]),
  ),
  results: {
    estimation: {
      bodyFatPercent: 20,
      leanMassLb: 144,
      fatMassLb: 36,
      bmi: 24,
      confidence: 0.5,
      observations: [],
      bodyFatRange: { low: 18, high: 22, by: 'somebody' },
      sources: [{ source: 'scale', bodyFatPercent: 20, sd: 1, weight: 1 }],
      flags: ['seen_by_two'],
    },
  },
};

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(SCAN_OF_TOMORROW));
});
let origin: string;
let python: string;
beforeAll(async () => {
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  python = await provisionOne(partnerPython);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

it('in Python: a scan of tomorrow is read, and models have short names', async () => {
  const config = join(folder, 'config.yaml');
  writeFileSync(config, 'post_hooks: []\nproject_name_override: api_client\n');
  const output = join(folder, 'api_client');
  const generate = ['-m', 'openapi_python_client', 'generate', '--path', description, '--meta', 'none'];
  await execa(python, [...generate, '--output-path', output, '--config', config]);
  const models = readdirSync(join(output, 'models'));
  expect(models).toEqual(expect.arrayContaining(['scan.py', 'estimation.py', 'girth.py', 'photo_issue.py']));
  expect(models.filter((name) => name.length > 'trigger_workflow_response.py'.length)).toEqual([]);

  const read = join(import.meta.dirname, 'read_scan.py');
  const { stdout } = await execa(python, [read, folder, origin]);
  expect(stdout).toBe('paused resting seen_by_two');
});

it('in TypeScript: it compiles, and a scan of tomorrow is read', async () => {
  const cwd = join(folder, 'typescript-client');
  cpSync(join(import.meta.dirname, 'typescript-client'), cwd, { recursive: true });
  await execa('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd });
  const bin = (name: string) => join(cwd, 'node_modules', '.bin', name);
  await execa(bin('openapi-typescript'), [description, '-o', 'api.ts'], { cwd });
  const strict = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
  await execa(bin('tsc'), [...strict, '--allowImportingTsExtensions', 'read-scan.ts'], { cwd });
  const { stdout } = await execa(process.execPath, ['read-scan.ts', origin], { cwd });
  expect(stdout).toBe('paused resting seen_by_two paused');
});
