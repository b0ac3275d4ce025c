/** A scan's history in the archive: the schedule's workflow writes it, an operator fetches and replays it. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dailyScanWorkflowId, SCHEDULES } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { type Timestamp } from 'firebase-admin/firestore';
import { expect, vi } from 'vitest';
import { unpackHistory } from '../../worker/src/archive/archived-history.ts';
import { command } from './command.ts';
import { triggered } from './schedules.ts';
import { it } from './world.ts';

it('a scan that closed is archived by the daily schedule; fetched, it is whole; replayed, it goes the same way', async ({
  world,
}) => {
  const user = await world.newUser();
  const scanId = await world.completedScan(user);

  // The archive leaves workflows that closed less than ten seconds ago to the next day.
  const closed = (await world.workflow(scanId))!.closeTime!.getTime();
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(closed + 11_000), 20_000);
  expect(await triggered(world, SCHEDULES.archive)).toMatchObject({ lost: 0 });
  const { lastSuccessAt, watermark } = (
    await world.servers.db.doc(paths.operation('archive')).get()
  ).data() as Record<'lastSuccessAt' | 'watermark', Timestamp>;
  expect(lastSuccessAt.toMillis()).toBeGreaterThan(world.since);
  expect(watermark.toMillis()).toBeGreaterThan(closed);

  const list = await command('archive', 'list');
  expect(list.stdout).toContain(`/${dailyScanWorkflowId(scanId)}-`);

  const folder = mkdtempSync(join(tmpdir(), 'reddyfit-archive-'));
  const out = join(folder, 'history.json.gz');
  expect(await command('archive', 'get', scanId, '--out', out)).toMatchObject({ exitCode: 0 });
  const { run } = await unpackHistory(readFileSync(out));
  rmSync(folder, { recursive: true });
  expect(run).toMatchObject({ workflowId: dailyScanWorkflowId(scanId), status: 'COMPLETED' });

  expect(await command('archive', 'replay', scanId)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("today's workflow takes the same way"),
    stderr: '',
  });
  expect((await world.auditChain(scanId)).entries.at(-1)).toMatchObject({
    action: 'history_read',
    actor: expect.stringMatching(/^operator:/),
    detail: { workflowId: dailyScanWorkflowId(scanId), purpose: 'replay' },
  });
  expect((await command('audit', 'verify', '--scan', scanId)).exitCode).toBe(0);
});
