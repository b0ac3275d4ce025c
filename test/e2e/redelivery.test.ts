/** The created event is delivered again: at once, many times, and after the end. */

import { expect } from 'vitest';
import { redeliver } from './redelivery.ts';
import { it } from './world.ts';

it('a created event delivered five more times at once starts one workflow and reserves one credit', async ({
  world,
}) => {
  const user = await world.newUser({ credits: 4 });
  const { scanId, seen } = await world.submitScan(user);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => redeliver(world.servers.stack, scanId, `created-${scanId}`)),
  );
  expect(answers).toEqual([200, 200, 200, 200, 200]);
  expect((await seen.ended).status).toBe('completed');
  await world.expectInvariants(scanId);
  expect((await world.ledger(user.uid)).balance).toBe(3);
});

it('a created event delivered again after the end changes nothing', async ({ world }) => {
  const user = await world.newUser({ credits: 4 });
  const { scanId, seen } = await world.submitScan(user);
  const scan = await seen.ended;
  await world.expectInvariants(scanId);

  expect(await redeliver(world.servers.stack, scanId)).toBe(200);
  expect((await world.document(scanId)).rev).toBe(scan.rev);
  await world.expectInvariants(scanId);
  expect((await world.ledger(user.uid)).balance).toBe(3);
  expect(await world.pushes(scanId)).toHaveLength(1);
});
