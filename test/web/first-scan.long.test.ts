/** A first scan, from sign-up to the result. On each screen axe finds nothing, and at 320 px nothing scrolls sideways. */

import { expect } from 'vitest';
import { completed, faultsOf, goodPhotos, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

it('goes from sign-up to a result, and shows it again after a reload', async ({ stage }) => {
  const page = await stage.open();
  const expectNoFaults = async () => expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel('E-mail').waitFor();
  await expectNoFaults();
  // The only credits are those that the local stack grants to a new user.
  await signUp(page, { profile: expectNoFaults, consent: expectNoFaults });
  await expectNoFaults();
  await startScan(page, await goodPhotos());

  const shown = await completed(page);
  expect(shown).toMatch(/^\d+\.\d%$/);
  await page.locator('[data-step=insights][data-state=completed]').waitFor({ state: 'attached' });
  await expectNoFaults();

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
