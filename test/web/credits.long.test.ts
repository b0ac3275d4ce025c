/** An account without credits, and an account whose credits have not arrived yet. */

import { paths } from '@reddyfit/shared/names/paths';
import { expect } from 'vitest';
import { choosePhotos, completed, faultsOf, goodPhotos, signUp } from './stage.ts';
import { it } from './staged.ts';

it('says so before a photo is sent, and lets go on as soon as there are some', async ({ stage }) => {
  const page = await stage.open();
  const email = await signUp(page);
  const { uid } = await stage.servers.auth.getUserByEmail(email);
  const account = stage.servers.db.doc(paths.account(uid));
  // The credits that the local stack grants to a new user.
  await expect.poll(async () => (await account.get()).get('scanCredits')).toBe(20);
  await account.update({ scanCredits: 0 });
  await page.getByText('You have no scan credits left.').waitFor();
  const start = page.getByRole('button', { name: 'Start the scan' });
  expect(await start.isDisabled()).toBe(true);
  expect(await faultsOf(page)).toEqual([]);

  await choosePhotos(page, await goodPhotos());
  await page.getByLabel('Weight').fill('83.1');
  await account.update({ scanCredits: 1 });
  await start.click();
  expect(await completed(page)).toMatch(/^\d+\.\d%$/);
  expect((await account.get()).get('scanCredits')).toBe(0);
  await page.context().close();
});
