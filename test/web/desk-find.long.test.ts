/**
 * The operator's desk finds, page by page, among 100,000 scans: the page of the stack in Chromium asks an API whose database holds them. A stack's own functions
 * would start with each of them.
 */

import { FOUND_PER_PAGE } from '@reddyfit/shared/operator/find';
import { expect } from 'vitest';
import { manyScan, manyScanId, writeManyScans } from '../../fixtures/many-scans.ts';
import { serveDeskApi } from '../desk-api.ts';
import { startFirestore } from '../servers.ts';
import { atDesk, find } from './at-desk.ts';
import { it } from './staged.ts';

const MANY = 100_000;
const PAGE = FOUND_PER_PAGE.usual;

/** An API of the desk whose database holds scans up to `now` (ms). */
const itsApi = it.extend('desk', { scope: 'file' }, async ({ stage }, { onCleanup }) => {
  const { stack } = stage.servers;
  const database = await startFirestore();
  const api = await serveDeskApi(stack.projectId, { firestore: database.address, auth: stack.auth });
  onCleanup(async () => {
    await api.close();
    await database.stop();
  });
  const now = Date.now();
  await writeManyScans(api.db, [0, MANY], MANY, now);
  return { address: api.address, now };
});

itsApi(
  'finds by each criterion among 100,000 scans, and goes on',
  { timeout: 300_000 },
  async ({ stage, desk, onTestFinished }) => {
    const { auth } = stage.servers;
    const page = await atDesk(stage, 'viewer', async (context) => {
      await context.route('**/api/operator/v1/**', async (route) => {
        const { pathname, search } = new URL(route.request().url());
        await route.fulfill({ response: await route.fetch({ url: `${desk.address}${pathname}${search}` }) });
      });
    });
    const email = 'one-of-many@reddyfit.example';
    await auth.createUser({ uid: 'seeded-17', email });
    onTestFinished(() => auth.deleteUser('seeded-17'));

    type Scan = ReturnType<typeof manyScan> & { id: string };
    const scans: readonly Scan[] = Array.from({ length: MANY }, (_, n) => ({
      id: manyScanId(n),
      ...manyScan(n, MANY, desk.now),
    }));
    /** The scans that the page shows, once it says how many these are. */
    const shown = async (count: number) => {
      await page.getByText(new RegExp(`^${count} scans? (is|are) shown`)).waitFor();
      return page.getByRole('link', { name: /^seeded-scan-/ }).allTextContents();
    };
    /** Expects these scans in this order, on a page and on the next. */
    const expectScans = async (what: string, wanted: readonly Scan[]) => {
      const ids = wanted.slice(0, 2 * PAGE).map(({ id }) => id);
      expect(await shown(Math.min(PAGE, ids.length)), what).toEqual(ids.slice(0, PAGE));
      if (ids.length <= PAGE) return;
      await page.getByRole('button', { name: 'More' }).click();
      expect(await shown(ids.length), what).toEqual(ids);
    };

    await find(page, 'User id', 'seeded-18');
    await expectScans(
      'a user',
      scans.filter(({ userId }) => userId === 'seeded-18'),
    );
    await find(page, 'E-mail of the user', email);
    await expectScans(
      'an e-mail',
      scans.filter(({ userId }) => userId === 'seeded-17'),
    );
    await find(page, 'Scan id', manyScanId(5000));
    await expectScans('a scan', [scans[5000]!]);
    await find(page, 'Slower than (s), slowest first', '300');
    await expectScans(
      'the slowest',
      scans
        .filter(({ durationMs = 0 }) => durationMs >= 300_000)
        .toSorted((a, b) => b.durationMs! - a.durationMs!),
    );
    await find(page, 'Stuck for (s)', '3600');
    await expectScans('the stuck', scans.filter(({ status }) => status === 'processing').toReversed());

    await page.getByLabel('By').selectOption('User id');
    await page.getByLabel('Value').fill('');
    const choose = async (label: string, value: string) => {
      await page.getByLabel(label).selectOption(value);
      await page.getByRole('button', { name: 'Find', exact: true }).click();
    };
    await choose('Status', 'failed');
    const failed = scans.filter(({ status }) => status === 'failed');
    await expectScans('a status', failed);
    const code = failed[0]!.errorCode!;
    await choose('Error', code);
    await expectScans(
      'a status and an error',
      failed.filter(({ errorCode }) => errorCode === code),
    );
    await choose('Status', '');
    await choose('Error', '');
    await expectScans('the latest', scans);
    await page.getByLabel('Build').fill('1.0.3');
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await expectScans(
      'a build',
      scans.filter(({ build }) => build === '1.0.3'),
    );
  },
);
