/** The report of the live stack, as text, JSON and page: what it tells an operator of the scans that were run. */

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { expect, inject } from 'vitest';
import type { Report } from '../../ops/report/report.ts';
import { repositoryRoot } from '../../repository.ts';
import { goodPhotos, SPOIL } from './photos.ts';
import { it } from './world.ts';

const dir = inject('instanceDir');

async function report(...args: string[]): Promise<string> {
  const { stdout } = await execa(process.execPath, ['ops/report.ts', `--instance=${instance()}`, ...args], {
    cwd: repositoryRoot,
  });
  return stdout;
}

const instance = () => (basename(dir) === '.local' ? 'default' : basename(dir));

it('the report counts what was run', async ({ world }) => {
  const since = new Date(world.since).toISOString();
  const [user, poor, photos] = await Promise.all([
    world.newUser(),
    world.newUser({ credits: 0 }),
    goodPhotos(),
  ]);
  // Only one of these scans gets as far as its insights.
  await user.model.fault({ step: 'insights', kind: 'server_error', times: 2 });
  const [retried, rejected, refused] = await Promise.all([
    world.submitScan(user),
    world.submitScan(user, { photos: { ...photos, left: await SPOIL.black(photos.left) } }),
    world.submitScan(poor),
  ]);
  const [completed] = await Promise.all([retried, rejected, refused].map(({ seen }) => seen.ended));
  await user.model.fault({ step: 'estimation', kind: 'broken_json', times: 2 });
  const failed = await world.submitScan(user);
  await failed.seen.ended;
  // A history is complete once its workflow has closed.
  await Promise.all([retried, rejected, failed].map(({ scanId }) => world.workflowResult(scanId)));

  const page = join(dir, 'report.html');
  const told = JSON.parse(await report('--json', `--since=${since}`, `--html=${page}`)) as Report;

  expect(told).toMatchObject({
    projectId: inject('stack').projectId,
    scans: 4,
    byStatus: { completed: 1, rejected: 1, failed: 2 },
    refused: 1,
    successRate: { value: 0.5, met: false },
    gaps: [],
  });
  expect(told.errors).toEqual(
    expect.arrayContaining([
      { code: 'InsufficientCreditsError', scans: 1 },
      { code: 'ModelResponseError', scans: 1 },
      { code: 'PhotosRejectedError', scans: 1 },
    ]),
  );

  const seconds = (completed!.completedAt!.toMillis() - completed!.createdAt.toMillis()) / 1000;
  expect(told.duration).toEqual({ count: 1, p50: seconds, p95: seconds });
  expect(told.slowest).toEqual([{ scanId: retried.scanId, seconds }]);
  const insights = told.steps.find(({ step }) => step === 'insights');
  expect(insights).toMatchObject({ runs: 1, failed: 0, attempts: 3, retries: 2 });
  const estimation = told.steps.find(({ step }) => step === 'estimation');
  expect(estimation).toMatchObject({ failed: 1, errorRate: 0.5 });

  const { cost } = told;
  const documents = await Promise.all(
    [retried, rejected, failed].map(({ scanId }) => world.document(scanId)),
  );
  const tokens = documents.flatMap(({ results = {} }) =>
    Object.values(results).map((part) =>
      part && 'modelCall' in part ? (part.modelCall?.inputTokens ?? 0) : 0,
    ),
  );
  expect(cost).toMatchObject({ scans: 4, temporal: { histories: 3 } });
  expect(cost!.models.inputTokens).toBeCloseTo(tokens.reduce((sum, one) => sum + one, 0) / 4);
  expect(cost!.usd).toBeGreaterThan(0);
  expect(told.activities.find(({ activity }) => activity === 'insights')).toMatchObject({
    runs: 1,
    attempts: 3,
    failed: 0,
  });
  expect(told.activities.find(({ activity }) => activity === 'estimation')).toMatchObject({ failed: 2 });
  expect(told.activities.find(({ activity }) => activity === 'deleteImages')).toMatchObject({ runs: 2 });

  const written = [readFileSync(page, 'utf8'), JSON.stringify(told)].join('\n');
  expect(written).toContain(retried.scanId);
  for (const secret of [user.uid, poor.uid, '@reddyfit', 'gs://', 'weightLb', 'bodyFat']) {
    expect(written).not.toContain(secret);
  }
}, 300_000);

it('a report of a time without scans says so', async () => {
  expect(await report('--since=1s')).toContain('There was no scan in this time.');
});
