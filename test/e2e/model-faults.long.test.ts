/** A model that is busy, fails or refuses: what the user sees meanwhile, and how the scan ends. */

import { expect } from 'vitest';
import { it } from './world.ts';

it('a busy model is waited for as long as it asks, which a listener sees', async ({ world }) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'estimation', kind: 'rate_limit', retryAfterSeconds: 3 });
  const { scanId, seen } = await world.submitScan(user);

  const waiting = await seen.until((scan) => scan.steps?.estimation.state === 'retrying');
  const step = waiting.steps!.estimation;
  expect(step.attempt).toBe(1);
  const wait = step.nextRetryAt!.toMillis() - waiting.createdAt.toMillis();
  expect(wait).toBeGreaterThan(2900);

  const scan = await seen.ended;
  expect(scan.status).toBe('completed');
  expect(scan.steps?.estimation).toMatchObject({ state: 'completed', attempt: 2 });
  expect(scan.steps?.estimation.nextRetryAt).toBeUndefined();
  const asked = await user.model.asked('estimation', world.since);
  expect(asked.map(({ status }) => status)).toEqual([429, 200]);
  expect(asked[1]!.at - asked[0]!.at, 'time between the requests').toBeGreaterThanOrEqual(3000);
  await world.expectInvariants(scanId);
});

it('a model that answers 500 twice is asked a third time', async ({ world }) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'insights', kind: 'server_error', times: 2 });
  const { scanId, seen } = await world.submitScan(user);
  const scan = await seen.ended;
  expect(scan).toMatchObject({ status: 'completed', warnings: [] });
  expect(scan.steps?.insights).toMatchObject({ state: 'completed', attempt: 3 });
  expect((await user.model.asked('insights', world.since)).map(({ status }) => status)).toEqual([
    500, 500, 200,
  ]);
  await world.expectInvariants(scanId);
});

it('an optional step that fails for good leaves a warning, and the rest of the result', async ({ world }) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'nutrition', kind: 'overloaded', times: 3 });
  const { scanId, seen } = await world.submitScan(user);
  const scan = await seen.ended;
  expect(scan).toMatchObject({
    status: 'completed',
    warnings: ['The nutrition plan could not be made this time.'],
  });
  expect(scan.steps?.nutrition).toMatchObject({ state: 'failed', attempt: 3 });
  expect(Object.keys(scan.results!).sort()).toEqual(
    ['qualityCheck', 'estimation', 'delta', 'insights', 'workout', 'hydration'].sort(),
  );
  await world.expectInvariants(scanId);
});

it('photos that the model refuses are measured, and the scan completes with a warning', async ({ world }) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'qualityCheck', kind: 'refusal', times: 2 });
  await user.model.fault({ step: 'estimation', kind: 'refusal', times: 2 });
  const { scanId, seen } = await world.submitScan(user);
  const scan = await seen.ended;
  expect(scan).toMatchObject({
    status: 'completed',
    warnings: ['Body fat was measured in the photos alone this time, without a second opinion.'],
    results: { qualityCheck: { accepted: true }, estimation: { flags: ['model_refused'] } },
  });
  expect(scan.results?.estimation?.sources?.map(({ source }) => source)).toEqual(['measurement']);
  expect(await user.model.asked('estimation', world.since)).toHaveLength(2);
  await world.expectInvariants(scanId);
});

it('a prompt that a filter takes for something else, and a comment before the answer, cost the user nothing', async ({
  world,
}) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'estimation', kind: 'invalid_prompt' });
  await user.model.fault({ step: 'qualityCheck', kind: 'image_parse_error' });
  await user.model.fault({ step: 'insights', kind: 'commentary' });
  const { scanId, seen } = await world.submitScan(user);
  expect(await seen.ended).toMatchObject({
    status: 'completed',
    warnings: [],
    results: { estimation: { modelCall: { asks: 2 } }, insights: { modelCall: { asks: 1 } } },
  });
  await world.expectInvariants(scanId);
});

it.for([['gives impossible numbers', 'out_of_bounds', 'ModelResponseError']] as const)(
  'a model that %s twice fails the scan, and the credit comes back',
  async ([, kind, code], { world }) => {
    const user = await world.newUser();
    await user.model.fault({ step: 'estimation', kind, times: 2 });
    const { scanId, seen } = await world.submitScan(user);
    const scan = await seen.ended;
    expect(scan).toMatchObject({ status: 'failed', error: { code } });
    expect(scan.steps?.estimation).toMatchObject({ state: 'failed', attempt: 1 });
    expect(await user.model.asked('estimation', world.since)).toHaveLength(2);
    await world.expectInvariants(scanId);
    expect((await world.ledger(user.uid)).balance).toBe(5);
    expect(await world.photosLeft(user.uid, scanId)).toEqual([]);
    expect(await world.pushes(scanId)).toMatchObject([
      { title: 'Scan not completed', body: 'Something went wrong. Your credit was returned.' },
    ]);
  },
);

it('a model account without quota fails the scan at once', async ({ world, events }) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'estimation', kind: 'quota', times: 5 });
  const { scanId, seen } = await world.submitScan(user);
  const scan = await seen.ended;
  expect(scan).toMatchObject({ status: 'failed', error: { code: 'ModelQuotaError', retryable: true } });
  expect(scan.steps?.estimation).toMatchObject({ state: 'failed', attempt: 1 });
  expect(await user.model.asked('estimation', world.since)).toHaveLength(1);
  await world.expectInvariants(scanId);
  expect((await world.ledger(user.uid)).balance).toBe(5);
  expect(await events.of(scanId, 'scan.failed')).toMatchObject({
    data: { userId: user.uid, status: 'failed' },
  });
});
