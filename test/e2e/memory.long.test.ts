/** What a scan leaves for the same user's next scan, and for nobody else. */

import { expect } from 'vitest';
import type { User } from './users.ts';
import { it, type World } from './world.ts';

/** The memories that the model was given in the estimation of the user's scan with this weight. */
async function memoriesShown(world: World, user: User, weightLb: number): Promise<unknown> {
  const asked = await user.model.asked('estimation', world.since);
  return asked.find(({ facts }) => facts['weightLb'] === weightLb)?.facts['memories'];
}

it("a second scan's estimation is told of the first, but not of its result", async ({ world }) => {
  const user = await world.newUser();
  for (const weightLb of [161.3, 160.1]) {
    await world.expectInvariants(await world.completedScan(user, { weightLb }));
  }

  expect(await memoriesShown(world, user, 161.3)).toEqual([]);
  expect(await memoriesShown(world, user, 160.1)).toEqual([
    expect.stringMatching(/^On \d{4}-\d\d-\d\d: weight 161\.3 lb\.$/),
  ]);
});

it('two users who scan at the same time never meet each other', async ({ world }) => {
  const [ada, ben] = await Promise.all([
    world.newUser({ profile: { sex: 'female', heightCm: 165 } }),
    world.newUser({ profile: { sex: 'male', heightCm: 188 } }),
  ]);
  const [adas, bens] = await Promise.all([
    world.completedScan(ada, { weightLb: 141.7 }),
    world.completedScan(ben, { weightLb: 201.9 }),
  ]);
  const [adasNext, bensNext] = await Promise.all([
    world.completedScan(ada, { weightLb: 140.3 }),
    world.completedScan(ben, { weightLb: 200.5 }),
  ]);

  for (const { user, scanIds, weights } of [
    { user: ada, scanIds: [adas, adasNext], weights: [141.7, 140.3] },
    { user: ben, scanIds: [bens, bensNext], weights: [201.9, 200.5] },
  ]) {
    const [first, second] = await Promise.all(scanIds.map((scanId) => world.document(scanId)));
    expect(second!.results?.delta?.previous).toMatchObject({ scanId: scanIds[0] });
    expect(second!.results?.delta?.year).toMatchObject({ scanId: scanIds[0] });
    expect(await memoriesShown(world, user, weights[1]!)).toEqual([
      expect.stringContaining(`weight ${weights[0]} lb.`),
    ]);
    for (const scan of [first!, second!]) {
      const { leanMassLb, fatMassLb } = scan.results!.estimation!;
      expect(leanMassLb + fatMassLb).toBeCloseTo(scan.weightLb, 0);
    }
    for (const scanId of scanIds) {
      await world.expectInvariants(scanId);
      expect((await world.pushes(scanId)).map(({ token }) => token)).toEqual(user.devices);
    }
    expect((await world.ledger(user.uid)).balance).toBe(3);
  }

  await expect(world.observe(ada, bens).ended).rejects.toMatchObject({ code: 'permission-denied' });
});
