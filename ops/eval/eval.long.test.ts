/** Runs the command itself, on drawn cases and the model stand-in. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type ModelStandIn, startModelStandIn } from '../../local/stand-ins/model-stand-in.ts';
import { repositoryRoot } from '../../repository.ts';
import { drawnPhoto } from '../../worker/src/body/photos/drawn-photo.fixture.ts';
import type { Summary } from './summary.ts';

// Each test starts processes.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'reddyfit-eval-'));
const subject = { sex: 'male', ageYears: 34, heightCm: 180, weightLb: 181 };

let standIn: ModelStandIn;
beforeAll(async () => {
  standIn = await startModelStandIn({ pace: 0 });
  const photo = await drawnPhoto({ width: 300, height: 400 }).jpeg().toBuffer();
  const cases = {
    plain: subject,
    known: {
      ...subject,
      bodyFatPercent: 30,
      girthsCm: { neck: 38, chest: 100, waist: 86, navel: 88, hip: 100 },
    },
  };
  for (const [name, about] of Object.entries(cases)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'case.json'), JSON.stringify(about));
    for (const angle of ['front', 'back', 'left', 'right']) {
      writeFileSync(join(folder, name, `${angle}.jpg`), photo);
    }
  }
});
beforeEach(() => fetch(`${standIn.url}/__faults`, { method: 'DELETE' }));
afterAll(async () => {
  await standIn.stop();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) =>
  execa(process.execPath, ['ops/eval.ts', ...args], {
    cwd: repositoryRoot,
    reject: false,
    env: { OPENAI_API_KEY: 'any', OPENAI_BASE_URL: `${standIn.url}/v1`, OPENAI_MODEL: 'local-simulator' },
  });

it('asks all agents about all cases, and counts what could not be used', async () => {
  standIn.fault({ step: 'estimation', kind: 'broken_json' });
  standIn.fault({ step: 'nutrition', kind: 'refusal', times: 2 });
  const { stdout, stderr, exitCode } = await run('--photos', folder, '--json');
  expect({ stderr, exitCode }, 'a question that fails for good fails the command').toEqual({
    stderr: '',
    exitCode: 1,
  });
  const [result] = JSON.parse(stdout) as (Summary & { model: string })[];
  expect(result).toMatchObject({ model: 'local-simulator', cases: 2, bodyFat: { cases: 1 } });
  const steps = Object.fromEntries(result!.steps.map((step) => [step.question, step]));
  expect(Object.keys(steps)).toEqual([
    'qualityCheck',
    'estimation',
    'estimation, second look',
    'insights',
    'nutrition',
    'workout',
    'hydration',
  ]);
  expect(steps['estimation']).toMatchObject({ cases: 2, failed: 0, reasks: 1, unusable: { schema: 1 } });
  expect(steps['estimation, second look']).toMatchObject({ cases: 1, failed: 0, reasks: 0 });
  expect(steps['nutrition']).toMatchObject({
    cases: 2,
    failed: 1,
    reasks: 1,
    errors: { ModelRefusedError: 1 },
    unusable: { refused: 2 },
  });
  for (const step of result!.steps) {
    expect(step.inputTokens).toBeGreaterThan(0);
    expect(step.usd).toBeGreaterThan(0);
    expect(step.latencyMs!.max).toBeGreaterThan(0);
  }
  expect(result!.usd).toBeGreaterThan(0.01);
});

it('shows a table for each model', async () => {
  const { stdout, exitCode } = await run('--photos', folder, '--model', 'gpt-5.1', 'gpt-5-mini');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^gpt-5\.1 \(sees photos, reasons\): 2 cases/);
  expect(stdout).toContain('\ngpt-5-mini (');
  expect(stdout.match(/^hydration +2 +0 +0 +0 /gm)).toHaveLength(2);
});

it.each([
  ['an unknown model, with the names that are known', ['--model', 'gpt-51'], 'gpt-5.2, gpt-5.1'],
  ['a folder that is not there', ['--photos', '/nowhere'], '/nowhere'],
])('refuses %s', async (_, args, words) => {
  const { stderr, exitCode } = await run('--photos', folder, ...args);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(words);
});

it('names the file of a case that lacks something', async () => {
  const broken = mkdtempSync(join(tmpdir(), 'reddyfit-eval-broken-'));
  mkdirSync(join(broken, 'a'));
  expect((await run('--photos', broken)).stderr).toContain(join('a', 'case.json is missing'));
  writeFileSync(join(broken, 'a', 'case.json'), JSON.stringify({ ...subject, heightCm: 'tall' }));
  expect((await run('--photos', broken)).stderr).toContain('heightCm');
  writeFileSync(join(broken, 'a', 'case.json'), JSON.stringify(subject));
  expect((await run('--photos', broken)).stderr).toContain('no photo named front');
  rmSync(broken, { recursive: true });
});
