/** What the page shows before React has loaded. */

import type { Page, Route } from 'playwright-core';
import { expect } from 'vitest';
import { it } from './staged.ts';

const drawn = (page: Page) =>
  page.evaluate<string>(
    `[...document.querySelectorAll('main.welcome > *')].slice(0, 3).map((part) => part.outerHTML).join('\\n')`,
  );

it.for([
  ['de-AT', 'Anmelden'],
  ['en-GB', 'Sign in'],
])(
  'in %s the first screen stands without React, which then draws the same',
  async ([locale, heading], { stage }) => {
    const context = await stage.browser.newContext({ locale: locale! });
    const held: Route[] = [];
    let open = false;
    await context.route('**/assets/index-*.js', (route) => (open ? route.continue() : void held.push(route)));
    const page = await context.newPage();
    await page.goto(stage.address, { waitUntil: 'commit' });
    await page.getByRole('heading', { name: heading! }).waitFor();
    expect(await page.locator('form').count()).toBe(0);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale!.slice(0, 2));
    const before = await drawn(page);
    expect(before.split('\n')).toHaveLength(3);
    expect(held).toHaveLength(1);
    open = true;
    for (const route of held) await route.continue();
    await page.locator('form').waitFor();
    expect((await drawn(page)).replaceAll(' class=""', '')).toBe(before.replaceAll(' class=""', ''));
    await context.close();
  },
);
