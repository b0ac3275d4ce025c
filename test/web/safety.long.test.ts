/** What the page's content security policy blocks, and a sign-in without a password. */

import { expect } from 'vitest';
import { faultsOf } from './stage.ts';
import { it } from './staged.ts';

it('lets in no script of another origin, and no markup from text', async ({ stage }) => {
  const page = await stage.open();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  const refused = (code: string) =>
    page.evaluate<string>(
      `(() => { try { ${code}; return 'let in'; } catch ({ name }) { return name; } })()`,
    );
  // Where Trusted Types are enforced, text is refused with an error.
  expect(await refused("document.createElement('script').src = 'https://example.com/a.js'")).toBe(
    'TypeError',
  );
  expect(await refused("document.body.insertAdjacentHTML('beforeend', '<b>markup</b>')")).toBe('TypeError');
  expect(await refused("new Worker('https://example.com/a.js')")).toBe('TypeError');
  expect(await refused("trustedTypes.createPolicy('another', {})")).toBe('TypeError');
  // The script by which Firebase signs in with Google is allowed.
  expect(await refused("document.createElement('script').src = 'https://apis.google.com/js/api.js'")).toBe(
    'let in',
  );
  await page.context().close();
});

/** Links that the Auth emulator would have sent to this e-mail address, oldest first. */
async function linksTo(stack: { auth: string; projectId: string }, email: string): Promise<string[]> {
  const answer = await fetch(`http://${stack.auth}/emulator/v1/projects/${stack.projectId}/oobCodes`);
  const { oobCodes } = (await answer.json()) as { oobCodes: { email: string; oobLink: string }[] };
  return oobCodes.filter((code) => code.email === email).map(({ oobLink }) => oobLink);
}

it('signs in by a link from an e-mail, also in a browser that did not ask for it', async ({ stage }) => {
  const { stack } = stage.servers;
  const email = `by-link-${Date.now().toString(36)}@reddyfit.example`;
  const page = await stage.open();
  const ask = async () => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText(`A link is on its way to ${email}.`).waitFor();
    return (await linksTo(stack, email)).at(-1)!;
  };
  const first = await ask();
  expect(await faultsOf(page)).toEqual([]);
  await page.goto(first);
  await page.getByRole('heading', { name: 'About you' }).waitFor();
  expect(new URL(page.url()).search).toBe('');
  expect(await page.evaluate("localStorage.getItem('reddyfit-sign-in-email')")).toBe(null);

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  const second = await ask();
  const other = await stage.open();
  await other.goto(second);
  await other.getByText('Type the e-mail address to which this link was sent.').waitFor();
  expect(await faultsOf(other)).toEqual([]);
  await other.getByLabel('E-mail').fill(email);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.getByRole('heading', { name: 'About you' }).waitFor();

  const third = await stage.open();
  await third.goto(second);
  await third.getByLabel('E-mail').fill(email);
  await third.getByRole('button', { name: 'Sign in' }).click();
  await third.getByText('This link no longer works.').waitFor();
  for (const each of [page, other, third]) await each.context().close();
});

it('lets a browser keep for a year what has a hash in its name, and nothing else unasked', async ({
  stage,
}) => {
  const kept = async (path: string) => (await fetch(`${stage.address}${path}`)).headers.get('cache-control');
  const page = await (await fetch(stage.address)).text();
  const script = /src="(\/assets\/[\w.-]+\.js)"/.exec(page)![1]!;
  expect(await kept(script)).toBe('public, max-age=31536000, immutable');
  for (const path of ['/', '/service-worker.js', '/shell.json', '/manifest.webmanifest', '/scans/a-scan'])
    expect([path, await kept(path)]).toEqual([path, 'no-cache']);
});
