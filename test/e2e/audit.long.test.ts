/** What an auditor finds by `npm run audit`: the whole life of a scan, and later changes to its records. */

import { Storage } from '@google-cloud/storage';
import { userChain } from '@reddyfit/shared/audit/chain';
import { SCHEDULES } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { describe, expect, vi } from 'vitest';
import type { AuditVerification } from '../../worker/src/audit/ports.ts';
import { command } from './command.ts';
import { triggered } from './schedules.ts';
import { it } from './world.ts';

const audit = (...args: string[]) => command('audit', ...args);

it('a scan’s chain holds admission, steps, credit and outcome, and a user’s what they consented to', async ({
  world,
}) => {
  const user = await world.newUser();
  const { scanId, seen } = await world.submitScan(user);
  await seen.ended;
  await world.expectInvariants(scanId);
  await vi.waitFor(
    async () => expect((await world.auditChain(userChain(user.uid))).entries).toHaveLength(1),
    20_000,
  );

  const shown = await audit('show', '--scan', scanId);
  const actions = shown.stdout
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ {2,}/)[3]);
  expect(actions.slice(0, 3)).toEqual(['scan_admitted', 'credit_reserved', 'daily_scan_workflow_started']);
  expect(actions.filter((action) => action === 'step_completed')).toHaveLength(STEP_NAMES.length);
  expect(actions).toEqual(expect.arrayContaining(['credit_committed', 'daily_scan_workflow_completed']));

  const verified = await audit('verify', '--user', user.uid);
  expect(verified).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^✔ 2 chains, 1\d entries: whole/),
  });
});

// Not concurrent: the first test breaks a chain for a while, which the second would find.
describe('tampering', { concurrent: false }, () => {
  it('what was changed, removed, reordered or added since is found, and named', async ({ world }) => {
    const user = await world.newUser();
    const { scanId, seen } = await world.submitScan(user);
    await seen.ended;
    await world.expectInvariants(scanId);
    const { db } = world.servers;
    const { entries } = await world.auditChain(scanId);
    const last = entries.length;
    const at = (seq: number) => db.doc(paths.auditEntry(scanId, seq));
    const restore = async () => {
      for (const entry of entries) await at(entry.seq).set(entry);
      await at(last + 1).delete();
    };

    // Each in a document of its own, which is the same chain.
    await restore();
    const ways: [tamper: () => Promise<unknown>, said: string[]][] = [
      [() => at(4).update({ detail: {} }), ['entry 4 was changed']],
      [() => at(last - 1).delete(), [`entry ${last - 1} is missing`]],
      [
        async () => {
          await at(2).set(entries[2]!);
          await at(3).set(entries[1]!);
        },
        ['entry 3 stands in the place of entry 2', 'entry 2 stands in the place of entry 3'],
      ],
      [
        () => at(last + 1).set({ ...entries[1]!, seq: last + 1 }),
        [`entry ${last + 1} was added: it has no place in the chain`],
      ],
    ];
    for (const [tamper, said] of ways) {
      await tamper();
      const { exitCode, stdout } = await audit('verify', '--scan', scanId);
      expect(stdout.split('\n')).toEqual([
        ...said.map((text) => `✘ ${scanId}  ${text}`),
        expect.stringMatching(/^✘ 1 chain, \d+ entries: 1 not whole/),
      ]);
      expect(exitCode).toBe(1);
      await restore();
    }
    expect((await audit('verify', '--scan', scanId)).exitCode).toBe(0);

    await db.recursiveDelete(db.doc(paths.auditLog(scanId)));
    const gone = await audit('verify', '--scan', scanId);
    expect(gone).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('the chain is missing') });
  });

  it('the daily schedule verifies all chains and anchors them, and an auditor finds what is gone since', async ({
    world,
  }) => {
    const user = await world.newUser();
    const { scanId, seen } = await world.submitScan(user);
    await seen.ended;
    await world.expectInvariants(scanId);
    const { db, stack } = world.servers;
    // A day gets one anchor only, so a test that is tried again needs the day without one.
    const storage = new Storage({ apiEndpoint: stack.storage, projectId: stack.projectId });
    await storage.bucket(stack.archiveBucket).deleteFiles({ prefix: 'audit-anchors/' });

    const found = (await triggered(world, SCHEDULES.audit)) as AuditVerification;
    expect(found.faults.filter((fault) => fault.startsWith(scanId))).toEqual([]);
    expect(found.anchor).toMatch(/^audit-anchors\/\d{4}\/\d\d\/\d\d\.json$/);
    const recorded = (await db.doc(paths.operation('audit_verify')).get()).data();
    expect(recorded).toMatchObject({ root: found.root, chains: found.chains, broken: found.broken });

    const whole = await audit('verify', '--scan', scanId);
    expect(whole).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('held against the anchor of'),
    });
    await db.recursiveDelete(db.doc(paths.auditLog(scanId)));
    await db.doc(paths.scan(scanId)).delete();
    const gone = await audit('verify', '--all');
    expect(gone.exitCode).toBe(1);
    expect(gone.stdout).toContain(`✘ ${scanId}  the chain is missing: it was anchored on`);
    expect(gone.stdout).toMatch(/^✔ 1 anchor \(.+\): whole$/m);

    // Two anchors that are none: the desk goes on through all, and so does the command.
    const broken = ['2026/01/02', '2026/01/03'].map((day) => `audit-anchors/${day}.json`);
    for (const object of broken)
      await storage.bucket(stack.archiveBucket).file(object).save('no anchor at all', { resumable: false });
    // The one of today is no longer what the archive wrote; the next one that can be read is none.
    await storage
      .bucket(stack.archiveBucket)
      .file(found.anchor!)
      .save('nor is this', { resumable: false, metadata: { metadata: { sha256: '0'.repeat(64) } } });
    const all = await audit('verify', '--all');
    expect(all.exitCode, all.stderr).toBe(1);
    for (const object of [...broken, found.anchor!])
      expect(all.stdout).toMatch(new RegExp(`^✘ ${object.replaceAll('.', '\\.')}: `, 'm'));
    expect(all.stdout).toMatch(/^✘ 3 anchors: 3 not whole$/m);
    expect(all.stdout.trim().split('\n').at(-1)).toMatch(
      /^[✔✘] \d+ chains, \d+ entries: .*\(without an anchor\)$/,
    );
    const json = await audit('verify', '--all', '--json');
    const lines = json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ object }) => object).filter(Boolean)).toEqual([found.anchor, ...broken.toReversed()]);
    expect(lines.at(-1)).toMatchObject({
      brokenObjects: 3,
      anchored: null,
      anchors: { checked: 3, more: false },
    });
    const one = await audit('verify', '--user', user.uid);
    expect(one.stdout).toMatch(/^✘ audit-anchors/m);
    expect(one).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^✔ \d+ chains?, /m) });
    await storage.bucket(stack.archiveBucket).deleteFiles({ prefix: 'audit-anchors/' });
  });
});
