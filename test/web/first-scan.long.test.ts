/** A first scan, from sign-up to the result. On each screen axe finds nothing, and at 320 px nothing scrolls sideways. */

import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { paths } from '@reddyfit/shared/names/paths';
import { expect } from 'vitest';
import { POLICY_VERSION } from '../../clients/web/src/account/policy-version.ts';
import { completed, faultsOf, goodPhotos, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

it('goes from sign-up to a result, and shows it again after a reload', async ({ stage }) => {
  const page = await stage.open();
  const expectNoFaults = async () => expect(await faultsOf(page)).toEqual([]);
  let toRead = 0;
  const read = async () => {
    toRead += await page.evaluate<number>("document.querySelector('main').innerText.match(/\\S+/g).length");
  };
  await page.getByLabel('E-mail').waitFor();
  await expectNoFaults();
  await read();
  // The only credits are those that the local stack grants to a new user.
  const email = await signUp(page, {
    async profile() {
      await expectNoFaults();
      await read();
    },
    async consent() {
      await expectNoFaults();
      await read();
      await page.getByText(`Version ${POLICY_VERSION}`).waitFor();
    },
  });
  const { auth, db } = stage.servers;
  const consent = await db.doc(paths.consent((await auth.getUserByEmail(email)).uid, SCAN_CONSENT)).get();
  expect(consent.data()).toMatchObject({ granted: true, policyVersion: POLICY_VERSION });
  await expectNoFaults();
  await read();
  // At 238 words a minute, as `npm run bench:first-result` reads: of its 90 s, 41 go into typing and tapping.
  expect((toRead / 238) * 60).toBeLessThanOrEqual(44);
  await startScan(page, await goodPhotos());

  const shown = await completed(page);
  expect(shown).toMatch(/^\d+\.\d%$/);
  await page.locator('[data-step=insights][data-state=completed]').waitFor({ state: 'attached' });
  await expectNoFaults();

  // The interval is drawn as it is written: its ends and the body fat at their places on an axis to 60 %.
  const written = /(\d+\.\d)–(\d+\.\d)%$/.exec((await page.locator('.hero p strong').textContent())!)!;
  const places = await page.evaluate<number[]>(`(() => {
    const axis = document.querySelector('.interval .axis').getBoundingClientRect();
    const at = (x) => ((x - axis.left) / axis.width) * 60;
    const range = document.querySelector('.interval rect:not(.axis)').getBoundingClientRect();
    const mark = document.querySelector('.interval .mark').getBoundingClientRect();
    return [at(range.left), at((mark.left + mark.right) / 2), at(range.right)];
  })()`);
  const [from, middle, to] = places as [number, number, number];
  expect(Math.abs(from - Number(written[1]))).toBeLessThan(0.06);
  expect(Math.abs(middle - Number.parseFloat(shown))).toBeLessThan(0.06);
  expect(Math.abs(to - Number(written[2]))).toBeLessThan(0.06);

  // What it was made of, what can be done, and that the texts are examples.
  const sources = page.locator('section', {
    has: page.getByRole('heading', { name: 'What it was made of' }),
  });
  await sources.getByRole('rowheader', { name: 'measured' }).waitFor();
  await page.getByText('Simulated: the texts are examples').waitFor();
  for (const plan of ['Nutrition', 'Workout', 'Hydration']) {
    const part = page.locator('section', { has: page.getByRole('heading', { name: plan, exact: true }) });
    expect(await part.locator('li').count()).toBeGreaterThan(0);
  }
  await page.getByText('There is no earlier scan to compare with.').waitFor();

  // Each girth of the outline has a number within the drawing, and the same number with its interval behind it.
  const girths = page.locator('.girths');
  const drawn = await girths.locator('.number').allTextContents();
  expect(drawn.length).toBeGreaterThanOrEqual(5);
  const within = await page.evaluate<boolean>(`(() => {
    const svg = document.querySelector('.girths svg');
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].every((text) => {
      const box = text.getBoundingClientRect();
      return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    });
  })()`);
  expect(within).toBe(true);
  const label = await girths.locator('svg').getAttribute('aria-label');
  for (const number of drawn) expect(label).toContain(`: ${number}`);
  await girths.locator('summary').click();
  await expectNoFaults();
  const rows = await page.evaluate<
    string[][]
  >(`[...document.querySelectorAll('.girths tbody tr')].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.textContent))`);
  expect(rows.map(([number]) => number)).toEqual(drawn);
  for (const [number, interval] of rows) {
    const [low, high] = interval!.split(' – ').map(Number);
    expect(Number(number)).toBeGreaterThan(low!);
    expect(Number(number)).toBeLessThan(high!);
  }
  await page.reload();
  expect(await completed(page)).toBe(shown);

  await page.getByRole('link', { name: 'History' }).click();
  await page.locator('.list').getByText(shown).waitFor();
  await expectNoFaults();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await expectNoFaults();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  await page.context().close();
});
