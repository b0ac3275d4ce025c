/** A scan of four good photos: from the document that the client writes to the push on the phone. */

import { paths } from '@reddyfit/shared/names/paths';
import { round } from '@reddyfit/shared/scan/measures';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { expect } from 'vitest';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import { it } from './world.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

it('a scan is followed step by step to its results, its push, its event and its records', async ({
  world,
  events,
}) => {
  const scans = [
    { scanId: `past-${world.since}-1`, createdAt: daysAgo(200), weightLb: 162, bodyFatPercent: 33.5 },
    { scanId: `past-${world.since}-2`, createdAt: daysAgo(60), weightLb: 158.4, bodyFatPercent: 32.1 },
    { scanId: `past-${world.since}-3`, createdAt: daysAgo(30), weightLb: 156, bodyFatPercent: 31.4 },
  ];
  const user = await world.newUser({ credits: 3, scans });
  const { scanId, seen } = await world.submitScan(user, { weightLb: 154.2 });
  const scan = await seen.ended;

  expect(scan).toMatchObject({ status: 'completed', progress: 100, simulated: true, warnings: [] });
  expect(scan.error).toBeUndefined();
  for (const name of STEP_NAMES)
    expect(scan.steps?.[name], name).toMatchObject({ state: 'completed', attempt: 1 });
  const results = scan.results!;
  expect(Object.keys(results).sort()).toEqual([...STEP_NAMES].sort());

  const { bodyFatPercent, leanMassLb, fatMassLb } = results.estimation!;
  expect(leanMassLb + fatMassLb).toBeCloseTo(154.2, 0);
  expect(results.delta).toMatchObject({
    previous: {
      scanId: scans[2]!.scanId,
      change: { weightLb: -1.8, bodyFatPercent: round(bodyFatPercent - 31.4, 1) },
    },
    year: {
      scanId: scans[0]!.scanId,
      change: { weightLb: -7.8, bodyFatPercent: round(bodyFatPercent - 33.5, 1) },
    },
    trend: { scans: 3 },
  });

  await world.expectInvariants(scanId);
  expect(await world.pushes(scanId)).toEqual([
    {
      token: user.devices[0],
      title: 'Scan Results Ready! 🎉',
      body: `Your body composition analysis is complete. Body fat: ${bodyFatPercent.toFixed(1)}%`,
      data: { scanId, status: 'completed', link: `reddyfit://scans/${scanId}` },
    },
  ]);
  expect(await events.of(scanId, 'scan.completed')).toMatchObject({
    id: `${scanId}:scan.completed`,
    type: 'scan.completed',
    subject: scanId,
    data: { scanId, userId: user.uid, status: 'completed' },
  });
  const told = events.about(scanId);
  expect(told.slice(0, 2).map(({ type }) => type)).toEqual(['scan.queued', 'scan.processing']);
  expect(told.flatMap(({ data }) => ('step' in data ? [data.step] : [])).sort()).toEqual(
    [...STEP_NAMES].sort(),
  );
  expect(told).toHaveLength(STEP_NAMES.length + 3);
  expect((await world.ledger(user.uid)).balance).toBe(2);
  expect(await world.photosLeft(user.uid, scanId)).toHaveLength(4);
});

it('a first scan has nothing to compare with', async ({ world }) => {
  const user = await world.newUser();
  const { scanId, seen } = await world.submitScan(user);
  const scan = await seen.ended;
  expect(scan.results?.delta).toEqual({ previous: null, year: null, trend: null });
  await world.expectInvariants(scanId);
});

it('a scan after a pause of two years is compared with the one before it, and tells that the height was mended since', async ({
  world,
}) => {
  const before = {
    scanId: `past-${world.since}-pause`,
    createdAt: daysAgo(800),
    weightLb: 156,
    bodyFatPercent: 31.4,
  };
  const user = await world.newUser({ scans: [before] });
  await world.servers.db.doc(paths.user(user.uid)).update({ heightCm: 173 });
  const { scanId, seen } = await world.submitScan(user, { weightLb: 154.2 });
  const scan = await seen.ended;
  expect(scan.results?.delta).toMatchObject({
    previous: { scanId: before.scanId, change: { weightLb: -1.8, heightChanged: true } },
    year: null,
    trend: null,
  });
  await world.expectInvariants(scanId);
});

it('a listener before the document, a second one and a late one end with the same document', async ({
  world,
}) => {
  const user = await world.newUser();
  const { scanId, seen: early, submit } = await world.prepareScan(user);
  await submit();
  const second = world.observe(user, scanId);
  const [first, other] = await Promise.all([early.ended, second.ended]);
  const late = await world.observe(user, scanId).ended;
  expect(other).toEqual(first);
  expect(late).toEqual(first);
  expect(withIsoTimes(await world.document(scanId))).toEqual(withIsoTimes(first));
  expect(early.snapshots.length).toBeGreaterThan(2);
  await world.expectInvariants(scanId);
});
