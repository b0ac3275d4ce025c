/** A scan that waits for others: the page says for how long, when that was estimated, counts down, and says when it was too little. */

import { paths } from '@reddyfit/shared/names/paths';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { FieldValue, Timestamp } from 'firebase-admin/firestore';
import { expect } from 'vitest';
import { demoUser } from '../../fixtures/seed/people.ts';
import { faultsOf } from './stage.ts';
import { it } from './staged.ts';

const MINUTE_MS = 60_000;
const PENDING = Object.fromEntries(STEP_NAMES.map((name) => [name, { state: 'pending', attempt: 0 }]));

it('says how long it waits and when that was estimated, and counts down', async ({ stage }) => {
  const { db } = stage.servers;
  const page = await stage.open({ timezoneId: 'Europe/Berlin' }, (context) => context.clock.install());
  const user = db.doc(paths.user(demoUser.uid));
  const locale: unknown = (await user.get()).get('locale');

  // A scan of the user's history is shown as if it waited: no function and no worker takes it up.
  const own = db.collection(paths.scans()).where('userId', '==', demoUser.uid);
  const found = (await own.orderBy('createdAt', 'desc').limit(1).get()).docs[0]!;
  const { ref } = found;
  const before = found.data();
  // In the middle of a minute, so that a small difference of the clocks changes nothing of what is read.
  const created = new Date((Math.floor(Date.now() / MINUTE_MS) - 4.5) * MINUTE_MS);
  let rev = Number(before['rev'] ?? 0);
  const waitUntil = (startsAt: number) =>
    ref.update({
      status: 'queued',
      createdAt: Timestamp.fromDate(created),
      updatedAt: Timestamp.now(),
      completedAt: FieldValue.delete(),
      results: FieldValue.delete(),
      rev: ++rev,
      steps: PENDING,
      busy: {
        startsAt: Timestamp.fromMillis(startsAt),
        message: 'Busy: about 12 minutes until yours begins.',
        messageCode: 'busy',
        params: { minutes: 12 },
      },
    });
  try {
    await user.update({ locale: 'en-GB' });
    await page.getByLabel('E-mail').fill(demoUser.email);
    await page.getByLabel('Password').fill(demoUser.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'History' }).waitFor();
    await waitUntil(Date.now() + 7 * MINUTE_MS - 5000);
    await page.goto(`${stage.address}/scans/${ref.id}`);
    const told = page.locator('main .told');
    await told.getByText('Busy: about 7 minutes until yours begins.').waitFor();
    // By the user's clock, and in the user's way to write a time.
    const asRead = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Berlin' });
    const said = `at ${asRead.format(created)}, when you sent the scan.`;
    // Beside the status and not in it, which is spoken anew each minute.
    await page.locator('main p.hint').getByText(`Estimated ${said}`).waitFor();
    expect(await told.getByText('Estimated').count()).toBe(0);
    expect(await faultsOf(page)).toEqual([]);

    // It counts down without a word of the server, by a clock that the test moves on.
    await page.clock.fastForward(4 * MINUTE_MS);
    await told.getByText('about 3 minutes').waitFor();
    await page.clock.fastForward(MINUTE_MS);
    await told.getByText('about 2 minutes').waitFor();
    await page.clock.fastForward(MINUTE_MS);
    await told.getByText('about 1 minute until').waitFor();

    // When the time has passed, nothing is promised any more.
    await page.clock.fastForward(MINUTE_MS);
    await told.getByText(`It takes longer than was estimated ${said}`).waitFor();
    expect(await page.getByText(/About .* left/).count()).toBe(0);

    await ref.update({ rev: ++rev, updatedAt: Timestamp.now(), busy: FieldValue.delete() });
    await told.getByText('It takes longer').waitFor({ state: 'detached' });
  } finally {
    await user.update({ locale: locale ?? FieldValue.delete() });
    await ref.set(before);
  }
  await page.context().close();
});
