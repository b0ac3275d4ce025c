/** Runs operators' commands as operators do: each by its own entry, on the stack. */

import { setTimeout as wait } from 'node:timers/promises';
import { paths } from '@reddyfit/shared/names/paths';
import { expect } from 'vitest';
import { idTokenOf } from '../id-token.ts';
import { command, commandWith } from './command.ts';
import { it } from './world.ts';

/** The output of the command. The test fails when the command fails. */
async function succeeds(name: string, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await command(name, ...args);
  expect({ exitCode, stderr }, `${name} ${args.join(' ')}`).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

const webhooks = (...args: string[]) => succeeds('webhooks', ...args);

it('webhooks: adds, tests, redelivers, rotates, disables and enables an endpoint', async ({ world }) => {
  const { webhookReceiver } = world.servers.stack;
  const stands = (await webhooks('list')).match(/we_[A-Za-z0-9]{20}/)![0];

  expect(await webhooks('test', stands)).toMatch(/ {2}204 {2}/);
  const [last] = (await webhooks('deliveries', stands, '--limit', '1')).split('\n');
  expect(last).toContain('delivered');
  const eventId = last!.match(/test_[0-9a-f-]{36}/)![0];
  expect(await webhooks('redeliver', stands, eventId)).toBe(eventId);
  for (let tries = 0; !(await webhooks('deliveries', stands)).includes(`${eventId}  2 attempts`); tries++) {
    expect(tries, 'looks until the second attempt is there').toBeLessThan(60);
    await wait(500);
  }

  // The delivery is signed with a secret that the receiver does not know, so it answers 401.
  const [added, secret] = (
    await webhooks('add', `${webhookReceiver}/other`, '--content-type', 'application/json')
  ).split('\n');
  expect(secret).toMatch(/^whsec_/);
  const refused = await command('webhooks', 'test', added!);
  expect(refused).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/ {2}401 {2}/) });
  expect(await webhooks('rotate', added!)).not.toContain(secret);
  expect(await webhooks('disable', added!)).toBe(`${added} is disabled`);
  expect(await command('webhooks', 'test', added!)).toMatchObject({
    exitCode: 1,
    stderr: 'The webhook endpoint is disabled. Enable it first.',
  });
  expect(await webhooks('enable', added!)).toBe(`${added} is enabled`);
  await webhooks('disable', added!);
});

it('credits: grants and shows', async ({ world }) => {
  const { uid } = await world.newUser();
  const grant = ['grant', '--user', uid, '--amount', '3', '--grant-id', `g-${uid}`] as const;
  expect(await succeeds('credits', ...grant)).toContain('granted 3');
  expect(await succeeds('credits', ...grant), 'again').toContain('granted before');
  expect(await succeeds('credits', 'show', '--user', uid)).toContain('8');
});

it('credits: an operator grants under a name, never to an account of their own, and so many a day', async ({
  world,
}) => {
  const { auth, stack } = world.servers;
  const [operator, user] = await Promise.all([world.newUser(), world.newUser()]);
  await auth.setCustomUserClaims(operator.uid, { operator: 'operator' });
  const env = { OPERATOR_ID_TOKEN: await idTokenOf(stack, auth, operator.uid), GRANT_CREDITS_PER_DAY: '3' };
  const grant = (uid: string, amount: number) =>
    commandWith(env, 'credits', 'grant', '--user', uid, '--amount', String(amount));

  expect(await grant(operator.uid, 1)).toMatchObject({
    exitCode: 1,
    stderr: 'nobody grants credits to their own account: ask another operator',
  });
  expect(await grant(user.uid, 3)).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await grant(user.uid, 1)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(`operator:${operator.uid} may grant 0 more of 3 credits today`),
  });
  expect((await world.ledger(user.uid)).balance).toBe(8);
  expect((await world.ledger(operator.uid)).balance).toBe(5);
});

it('credits: verify names an account whose balance its ledger does not make, or that cannot be read', async ({
  world,
}) => {
  const { db } = world.servers;
  const [extended, changed, broken] = await Promise.all([world.newUser(), world.newUser(), world.newUser()]);
  await db.doc(paths.account(extended.uid)).update({ note: 'from the console' });
  await db.doc(paths.account(changed.uid)).update({ scanCredits: 7 });
  await db.doc(paths.account(broken.uid)).update({ scanCredits: '5' });

  const { exitCode, stdout } = await command('credits', 'verify');
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`${changed.uid}: 7 credits, the ledger sums to 5`);
  expect(stdout).toContain(`${broken.uid}: scanCredits cannot be read, the ledger sums to 5`);
  expect(stdout).not.toContain(extended.uid);
  // Other tests of this stack count whose balances agree.
  await Promise.all(
    [changed, broken].map(({ uid }) => db.doc(paths.account(uid)).update({ scanCredits: 5 })),
  );
});
