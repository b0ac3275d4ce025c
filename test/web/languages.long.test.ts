/**
 * Each screen in each language, on a phone and on a wide screen, in the light and the dark theme, and once from right to left:
 * nothing overflows, no plot is mirrored, and axe finds nothing.
 */

import { paths } from '@reddyfit/shared/names/paths';
import { de } from '@reddyfit/shared/words/app/de';
import { type AppWords, en } from '@reddyfit/shared/words/app/en';
import { es } from '@reddyfit/shared/words/app/es';
import { hi } from '@reddyfit/shared/words/app/hi';
import { FieldValue } from 'firebase-admin/firestore';
import { expect } from 'vitest';
import { demoUser } from '../../fixtures/seed/people.ts';
import { faultsOf } from './stage.ts';
import { it } from './staged.ts';

const SCREENS = [
  { viewport: { width: 320, height: 640 }, colorScheme: 'light' },
  { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
] as const;
const CASES: [locale: string, direction: 'ltr' | 'rtl', words: AppWords, screen: (typeof SCREENS)[number]][] =
  [
    ['es-MX', 'ltr', es, SCREENS[0]],
    ['de-DE', 'ltr', de, SCREENS[0]],
    ['de-DE', 'ltr', de, SCREENS[1]],
    ['hi-IN', 'ltr', hi, SCREENS[0]],
    ['en-US', 'ltr', en, SCREENS[1]],
    // No language of the page is read from right to left yet.
    ['en-GB', 'rtl', en, SCREENS[0]],
  ];

/**
 * Names that are a single word and stand on two lines all the same. A range has a rectangle for each line of a text,
 * and one for its first letter.
 */
const BROKEN_WORDS = `[...document.querySelectorAll('.steps .name, .figures dt')]
  .map(({ firstChild }) => firstChild)
  .filter((text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    return !/\\s/.test(text.data) && new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom))).size > 1;
  })
  .map(({ data }) => data)`;

/** Numbers and dates of the trends that a point covers. */
const COVERED = `[...document.querySelectorAll('.trend svg')].flatMap((plot) => {
  const points = [...plot.querySelectorAll('circle')].map((point) => point.getBoundingClientRect());
  return [...plot.querySelectorAll('text')]
    .filter((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return points.some((at) => at.left < right && at.right > left && at.top < bottom && at.bottom > top);
    })
    .map(({ textContent }) => textContent);
})`;

/** Parts that reach beyond a side of the screen; only the end of a line makes a page scroll, and in `rtl` that is the left. */
const OUTSIDE = `[...document.querySelectorAll('body *')]
  .filter((part) => part.checkVisibility({ visibilityProperty: true }))
  .filter((part) => {
    const { left, right, width } = part.getBoundingClientRect();
    return width > 0 && (left < -0.5 || right > document.documentElement.clientWidth + 0.5);
  })
  .map((part) => part.outerHTML.slice(0, 80))`;

/** Plots whose texts leave their frame or whose first point is not left of the last, and photos that are mirrored. */
const MIRRORED = `[
  ...[...document.querySelectorAll('.trend svg, .girths svg, svg.interval')].filter((plot) => {
    const frame = plot.getBoundingClientRect();
    const points = [...plot.querySelectorAll('circle')].map((point) => point.getBoundingClientRect().left);
    const texts = [...plot.querySelectorAll('text')].map((text) => text.getBoundingClientRect());
    return (
      texts.some(({ left, right }) => left < frame.left - 0.5 || right > frame.right + 0.5) ||
      (points.length > 1 && points[0] >= points.at(-1)) ||
      (plot.matches('.interval') && texts[0].left >= texts.at(-1).left)
    );
  }),
  ...[...document.images].filter((image) => getComputedStyle(image).transform !== 'none'),
].map((part) => part.outerHTML.slice(0, 200))`;

it.for(CASES)('%s, %s', async ([locale, direction, words, screen], { stage }) => {
  const page = await stage.open({ locale, ...screen }, async (context) => {
    await context.addInitScript(`document.addEventListener('readystatechange', () => {
      document.documentElement.dir = '${direction}';
    })`);
  });
  const expectNoFaults = async () => {
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.evaluate<string[]>(BROKEN_WORDS)).toEqual([]);
    expect(await page.evaluate<string[]>(COVERED)).toEqual([]);
    expect(await page.evaluate<string[]>(OUTSIDE)).toEqual([]);
    expect(await page.evaluate<string[]>(MIRRORED)).toEqual([]);
    expect(await page.evaluate<string>('getComputedStyle(document.body).direction')).toBe(direction);
  };
  await page.getByRole('heading', { name: words.signIn }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2));
  await expectNoFaults();

  // The demo user has a history, and now uses this language.
  await stage.servers.db.doc(paths.user(demoUser.uid)).update({ locale });
  await page.getByLabel(words.email).fill(demoUser.email);
  await page.getByLabel(words.password).fill(demoUser.password);
  await page.getByRole('button', { name: words.signIn }).click();
  const consent = page.getByRole('heading', { name: words.consent });
  const capture = page.getByRole('heading', { name: words.capture });
  await consent.or(capture).waitFor();
  if (await consent.isVisible()) {
    await expectNoFaults();
    await page.getByRole('button', { name: words.consentAgree }).click();
  }
  await capture.waitFor();
  await expectNoFaults();
  // This browser has no camera, so the camera's screen says so.
  await page.getByRole('button', { name: words.camera, exact: true }).click();
  await page.getByText(words.cameraRefused).waitFor();
  await expectNoFaults();
  await page.getByRole('button', { name: words.close }).click();

  await page.getByRole('link', { name: words.tabHistory }).click();
  await page.locator('.trend').first().waitFor();
  await page.locator('.trend summary').first().click();
  await expectNoFaults();
  await page.locator('.list a').first().click();
  await page.locator('.figure').waitFor();
  await expectNoFaults();
  // Shows the scan as it was while its last steps ran: names of steps and their states share lines.
  const scan = stage.servers.db.doc(paths.scan(new URL(page.url()).pathname.split('/').at(-1)!));
  const { status, completedAt } = (await scan.get()).data()!;
  await scan.update({
    status: 'processing',
    completedAt: FieldValue.delete(),
    'steps.workout.state': 'running',
  });
  try {
    // A client that has seen the scan's end shows nothing earlier of it.
    await page.reload();
    await page.locator('.steps [data-state=running]').waitFor();
    await expectNoFaults();
  } finally {
    await scan.update({ status, completedAt, 'steps.workout.state': 'completed' });
  }
  await page.getByRole('link', { name: words.tabSettings }).click();
  await page.getByRole('button', { name: words.exportData }).waitFor();
  await expectNoFaults();
  await page.getByRole('button', { name: words.deleteAccount }).click();
  await page.getByText(words.deleteAccountSure).waitFor();
  await expectNoFaults();
  await page.context().close();
});
