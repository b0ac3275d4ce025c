/** Runs operators' commands as operators do: each by its own entry, on the stack. */

import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { command } from './command.ts';
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
