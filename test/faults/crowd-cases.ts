/** A hundred users scan at once. */

import pLimit from 'p-limit';
import { STEPS } from '@reddyfit/shared/scan/steps';
import { expect, inject, vi } from 'vitest';
import type { FaultKind } from '../../local/stand-ins/model/faults.ts';
import { whileDown } from './parts.ts';
import { it } from './world.ts';

const USERS = 100;

/** Share of the model's answers that are errors. */
const ERRORS = 0.02;

const KINDS: readonly FaultKind[] = [
  'server_error',
  'overloaded',
  'rate_limit',
  'disconnect',
  'broken_json',
  'wrong_schema',
];

const ASKING = STEPS.filter(({ asksModel }) => asksModel).map(({ name }) => name);

it(
  '100 scans from 100 users with one worker, an erring model and one kill: all end, none twice',
  { timeout: 900_000 },
  async ({ world, everyonesModel, chance, measured }) => {
    const { stack } = world.servers;
    const users = await pLimit(10).map(Array.from({ length: USERS }), () => world.newUser());
    const prepared = await pLimit(4).map(users, (user) => world.prepareScan(user));
    for (let error = 0; error < USERS * ASKING.length * ERRORS; error++) {
      const skip = Math.floor(chance.between(0, USERS));
      await everyonesModel.fault({ step: chance.one(ASKING), kind: chance.one(KINDS), skip });
    }
    const killAfter = chance.between(10, 60);

    const begun = Date.now();
    await Promise.all(prepared.map(({ submit }) => submit()));
    let over = 0;
    const all = prepared.map(async ({ scanId }) => {
      const scan = await world.untilTerminal(scanId);
      over += 1;
      return scan;
    });
    await vi.waitFor(() => expect(over).toBeGreaterThan(killAfter), 600_000);
    // The next worker starts at once, as it would under any supervisor.
    const ours = { instanceDir: inject('instanceDir'), stack };
    await whileDown(ours, 'worker', 'SIGKILL', async () => measured('kills', 1));

    const ended = await Promise.all(all);
    measured('crowd', (Date.now() - begun) / 1000);
    expect(ended.map(({ status }) => status)).toEqual(users.map(() => 'completed'));
    await pLimit(5).map(prepared, ({ scanId }) => world.expectInvariants(scanId));
    for (const { uid } of users) expect((await world.ledger(uid)).balance).toBe(4);
    expect(await everyonesModel.waitingFaults(), 'errors that the model did not make').toEqual([]);
  },
);
