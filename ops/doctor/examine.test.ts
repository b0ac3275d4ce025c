import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { type Check, ok, warning } from './check.ts';
import { environment } from './checks/environment.ts';
import { examine } from './examine.ts';
import { countOf, reportLines } from './report.ts';
import { productionSite } from './site.ts';

const SECRET = 'sk-a-secret-of-ours';

const siteWith = (env: Record<string, string>) =>
  productionSite(
    { GOOGLE_CLOUD_PROJECT: 'reddyfit-prod', OPENAI_API_KEY: SECRET, ...env },
    { accessToken: async () => '' },
  );

const check = (name: string, run: Check['run']): Check => ({ name, run });

it('reports what it can when a check fails or hangs, and no secret', async () => {
  const examined = await examine(
    [
      check('good', async () => ok('fine')),
      check('doubtful', async () => [warning('hm', 'Look at it.'), ok('else fine')]),
      check('failing', async () => Promise.reject(new Error(`the key ${SECRET} is wrong\nand more`))),
      check('hanging', () => new Promise(() => {})),
    ],
    siteWith({}),
    50,
  );
  const lines = reportLines(examined).map((line) => stripVTControlCharacters(line));
  expect(lines.filter((line) => !line.includes('→'))).toEqual([
    '✔ ok      good                  fine',
    '! warning doubtful              hm',
    '✔ ok      doubtful              else fine',
    '✖ error   failing               the key … is wrong',
    '✖ error   hanging               no answer within 0.05 s',
    '',
    '2 ok, 1 warning, 2 errors, 0 skipped',
  ]);
  expect(countOf(examined, 'error')).toBe(2);
});

it('names every problem of the environment, and what is missing for production', async () => {
  const seen = async (env: Record<string, string>) =>
    (await examine([environment], siteWith(env)))[0]!.findings.map(
      ({ state, seen: text }) => `${state} ${text}`,
    );
  expect(await seen({ TEMPORAL_ADDRESS: 'https://x', WORKER_HEALTH_PORT: 'x' })).toEqual([
    expect.stringContaining('error WORKER_HEALTH_PORT'),
    expect.stringContaining('error TEMPORAL_ADDRESS'),
    expect.stringContaining('error PAYLOAD_ENCRYPTION_KEYS'),
  ]);
  expect(await seen({ FIRESTORE_EMULATOR_HOST: '127.0.0.1:8080' })).toEqual([
    'error TEMPORAL_ADDRESS is localhost:7233',
    'warning what Temporal keeps is not encrypted',
    'warning workers are not versioned',
    'error FIRESTORE_EMULATOR_HOST is set',
  ]);
  expect(
    await seen({
      TEMPORAL_ADDRESS: 'scans.a1b2c.tmprl.cloud:7233',
      TEMPORAL_API_KEY: 'key',
      PAYLOAD_ENCRYPTION_KEYS: `one:${Buffer.alloc(32, 1).toString('base64')}`,
      WORKER_DEPLOYMENT_NAME: 'reddyfit-worker',
      WORKER_BUILD_ID: '1',
    }),
  ).toEqual(['ok complete']);
});
