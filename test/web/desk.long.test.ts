/**
 * The operator's desk in Chromium: sign in, find a scan, follow its course, reveal a value with a reason, run a step again.
 */

import { paths } from '@reddyfit/shared/names/paths';
import type { AuditCheckView } from '@reddyfit/shared/operator/audit-check';
import { expect } from 'vitest';
import { completed, faultsOf, goodPhotos, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

it('serves an operator and an auditor, by keyboard too, light and dark', async ({ stage }) => {
  const { auth, db, stack } = stage.servers;
  const client = await stage.open();
  const email = await signUp(client);
  const { uid } = await auth.getUserByEmail(email);
  // Every attempt at this one step fails, so that the scan completes without it.
  const fault = { step: 'nutrition', kind: 'server_error', times: 3 };
  const faulty = await fetch(`${stack.model}/__faults`, { method: 'POST', body: JSON.stringify(fault) });
  expect(faulty.ok, await faulty.text()).toBe(true);
  await startScan(client, await goodPhotos());
  await completed(client);
  await client.context().close();
  const { docs } = await db.collection(paths.scans()).where('userId', '==', uid).get();
  const scanId = docs[0]!.id;
  const weight = String(docs[0]!.get('weightLb'));

  const page = await stage.open({ viewport: { width: 1100, height: 800 } });
  const asked = new Set<string>();
  page.on('request', (request) => void asked.add(new URL(request.url()).host));
  await page.goto(`${stage.address}/operator`);
  await page.getByLabel('E-mail').fill('operator@reddyfit.example');
  await page.getByLabel('Password').fill('demo-password');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Find scans' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await page.getByLabel('By').selectOption('E-mail of the user');
  await page.getByLabel('Value').fill(email);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: scanId }).click();
  await page.getByRole('heading', { name: `Scan ${scanId}` }).waitFor();
  const steps = page.getByRole('region', { name: 'Steps' });
  await steps.getByRole('rowheader', { name: 'nutrition' }).waitFor();
  // The entries come from the document, the chain and Temporal.
  for (const what of ['submitted', 'scan_admitted', 'qualityCheck', 'updateFirestore', 'scan_viewed'])
    expect(await page.getByRole('cell', { name: what, exact: true }).count(), what).toBeGreaterThan(0);
  // Each failed attempt of the step stands there by itself, and so does what it asked of the model.
  const attempts = page.getByRole('region', { name: 'Attempts' }).getByRole('row', { name: 'nutrition' });
  expect(await attempts.allTextContents()).toEqual(
    [1, 2, 3].map((attempt) =>
      expect.stringMatching(new RegExp(`^nutrition${attempt}.*failedModelUnavailableError`)),
    ),
  );
  const calls = page.getByRole('region', { name: 'Model calls' });
  await calls.getByRole('cell', { name: 'attempt 3: ModelUnavailableError' }).waitFor();
  expect(await page.locator('main').textContent()).not.toContain(weight);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await faultsOf(page), colorScheme).toEqual([]);
  }

  await page.getByRole('button', { name: 'Retry nutrition' }).click();
  await page.getByRole('dialog', { name: 'Retry nutrition', description: /^It is recorded/ }).waitFor();
  await page.getByLabel('Reference of a ticket').fill('T-77');
  // Without a reason nothing is sent.
  await page.keyboard.press('Enter');
  const isValid = (select: unknown) => (select as { validity: { valid: boolean } }).validity.valid;
  expect(await page.getByLabel('Reason').evaluate(isValid)).toBe(false);
  await page.getByLabel('Reason').selectOption('An incident');
  await page.getByLabel('Reference of a ticket').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Done: the step is running now.').waitFor();
  const stepState = async () => (await db.doc(paths.scan(scanId)).get()).get('steps.nutrition.state');
  await expect.poll(stepState, { timeout: 60_000 }).toBe('completed');
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.getByRole('button', { name: 'Retry nutrition' }).waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByLabel('Reason').selectOption('The user asked');
  await page.getByLabel('Reference of a ticket').fill('T-78');
  await page.getByRole('button', { name: 'Yes' }).click();
  await page.getByText('Shown for 60 seconds.').waitFor();
  expect(await page.locator('main').textContent()).toContain(weight);
  const photo = await page.getByRole('link', { name: 'Photo: front' }).getAttribute('href');
  expect((await fetch(photo!)).headers.get('content-type')).toBe('image/jpeg');
  const entries = await db.collection(paths.auditEntries(scanId)).orderBy('seq').get();
  const revealed = entries.docs.find((entry) => entry.get('action') === 'scan_revealed');
  expect(revealed?.data()).toMatchObject({ detail: { reason: 'user_asked', reference: 'T-78' } });
  await page.getByRole('button', { name: 'Hide' }).click();
  expect(await page.locator('main').textContent()).not.toContain(weight);

  await page.getByRole('link', { name: 'Search' }).click();
  await page.getByRole('link', { name: scanId }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();

  await page.getByLabel('E-mail').fill('auditor@reddyfit.example');
  await page.getByLabel('Password').fill('demo-password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Who saw what' }).click();
  await page.getByLabel('From the day').fill('2026-01-01');
  await page.getByLabel('To before the day').fill('2099-01-01');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('cell', { name: 'scan_revealed' }).first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('region', { name: 'Entries' }).getByRole('link').first().click();
  await page.getByText('The chain is whole by itself').waitFor();

  await page.getByRole('link', { name: 'Chains' }).click();
  await page.getByRole('button', { name: 'Verify all chains and anchors' }).click();
  await page.getByText('All of it is whole.').waitFor({ timeout: 60_000 });
  const verified = page.getByRole('region', { name: 'What was verified' });
  const { size: chains } = await db.collection(paths.auditLogs()).select().get();
  const count = Number(
    /^(\d+) with \d+ entries/.exec((await verified.getByRole('cell').allTextContents())[3]!)?.[1],
  );
  // Chains that were begun since are not among them.
  expect(count).toBeGreaterThan(2);
  expect(count).toBeLessThanOrEqual(chains);
  expect(await faultsOf(page)).toEqual([]);
  // The button was there all the while, and has kept the focus.
  const verify = page.getByRole('button', { name: 'Verify all chains and anchors' });
  expect(await page.evaluate('document.activeElement.textContent')).toBe(await verify.textContent());
  // Where Temporal does not answer for a while, what was found stays, and the page asks again.
  await page.route('**/api/operator/v1/audit/check', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const response = await route.fetch();
    const gaps = ['Temporal does not answer.'];
    const json: AuditCheckView = { state: 'unknown', startedAt: null, endedAt: null, found: null, gaps };
    await route.fulfill({ response, json });
  });
  await verify.click();
  const gap = page.getByText('Temporal does not answer.');
  await gap.waitFor();
  expect(await verified.count()).toBe(1);
  expect(await page.getByText('None was verified').count()).toBe(0);
  await gap.waitFor({ state: 'detached', timeout: 60_000 });
  await page.getByText('All of it is whole.').waitFor({ timeout: 60_000 });
  // The page asks its own server and Firebase Auth, and never the database.
  expect(asked).toContain(new URL(stage.address).host);
  expect(asked).not.toContain(stack.firestore);
  await page.context().close();
});

/** The buttons that each role has on the pages of the search, of a completed scan and of the watch, and its parts of the desk. */
const PARTS = {
  viewer: { parts: ['Search', 'Watch'], search: ['Find'], scan: ['Look again'], watch: [], heading: 'Steps' },
  operator: {
    parts: ['Search', 'Watch'],
    search: ['Find', 'Choose all shown'],
    scan: ['Look again', 'Send the push again', 'Begin again at no cost', 'Grant 1', 'Reveal'],
    watch: ['Take no new scans'],
    heading: 'Steps',
  },
  auditor: {
    parts: ['Search', 'Watch', 'Chains', 'Deletions', 'Who saw what'],
    search: ['Find'],
    scan: [],
    watch: [],
    heading: 'Chain of scan',
  },
};

it.for(Object.entries(PARTS))(
  'offers the role %s what it may do, and nothing else',
  async ([role, its], { stage }) => {
    const page = await stage.open({ viewport: { width: 390, height: 780 } });
    await page.goto(`${stage.address}/operator`);
    await page.getByLabel('E-mail').fill(`${role}@reddyfit.example`);
    await page.getByLabel('Password').fill('demo-password');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Find scans' }).waitFor();
    const buttons = () => page.getByRole('main').getByRole('button').allTextContents();
    expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(its.parts);
    await page.getByLabel('By').selectOption('User id');
    await page.getByLabel('Value').fill('nobody-at-all');
    await page.keyboard.press('Enter');
    await page.getByText('No scan is found.').waitFor();
    await page.getByLabel('Value').fill('demo-user');
    await page.getByLabel('To (UTC)').fill('2026-11-01T00:00');
    await page.keyboard.press('Enter');
    const found = page.getByRole('region', { name: 'Scans that were found' });
    await found.waitFor();
    expect(await buttons()).toEqual(its.search);
    expect((await found.getByRole('checkbox').count()) > 0).toBe(role === 'operator');
    await found.getByRole('link').first().click();
    await page.getByRole('heading', { name: its.heading }).waitFor();
    expect(await buttons()).toEqual(its.scan);
    await page.getByRole('link', { name: 'Watch' }).click();
    await page.getByRole('heading', { name: 'Task queues' }).waitFor();
    // The switch comes with an answer of its own.
    await page.getByText(/^New scans are taken\./).waitFor();
    expect(await buttons()).toEqual(its.watch);
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  },
);

/** Part of the desk → its heading, and who has it. */
const PLACES: [see: string, heading: string, roles: readonly string[]][] = [
  ['', 'Find scans', ['viewer', 'operator', 'auditor']],
  ['?see=watch', 'Watch', ['viewer', 'operator', 'auditor']],
  ['?see=verification', 'Chains and anchors', ['auditor']],
  ['?see=deletions', 'Deletions', ['auditor']],
  ['?see=accesses', 'Who saw what', ['auditor']],
  ['?see=nowhere', 'Find scans', ['viewer', 'operator', 'auditor']],
];

const why = { reason: 'quality', reference: 'T-79' };
const period = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };

/** What the page may ask for → who is answered; the others are refused. */
const ASKS: [method: string, path: string, body: object | undefined, roles: readonly string[]][] = [
  ['GET', '/me', undefined, ['viewer', 'operator', 'auditor']],
  ['POST', '/scans/find', { userId: 'demo-user' }, ['viewer', 'operator', 'auditor']],
  ['GET', '/watch/1', undefined, ['viewer', 'operator', 'auditor']],
  ['GET', '/admission', undefined, ['viewer', 'operator', 'auditor']],
  ['GET', '/scans/{scanId}', undefined, ['viewer', 'operator']],
  ['POST', '/scans/{scanId}/reveal', why, ['operator']],
  ['POST', '/scans/{scanId}/acts', { act: 'cancel', actId: 'of-the-page', ...why }, ['operator']],
  ['POST', '/users/demo-user/credits', { amount: 1, actId: 'of-the-page', ...why }, ['operator']],
  [
    'POST',
    '/acts',
    { act: 'cancel', scanIds: ['never-was'], dryRun: true, actId: 'of-the-page', ...why },
    ['operator'],
  ],
  [
    'POST',
    '/webhooks/we_abcdefghijABCDEFGHIJ/redeliver',
    { dryRun: true, actId: 'of-the-page', ...why },
    ['operator'],
  ],
  ['POST', '/admission', { state: 'open', ...why }, ['operator']],
  ['GET', '/scans/{scanId}/chain', undefined, ['auditor']],
  ['POST', '/audit/check', undefined, ['auditor']],
  ['GET', '/audit/check', undefined, ['auditor']],
  ['POST', '/accesses', period, ['auditor']],
  ['POST', '/accesses/export', period, ['auditor']],
  ['POST', '/deletions', period, ['auditor']],
];

it.for(['viewer', 'operator', 'auditor'])(
  'shows and answers the role %s its part, whatever address is typed and whatever the page asks',
  async (role, { stage }) => {
    const page = await stage.open();
    let authorization = '';
    page.on('request', (request) => {
      if (request.url().includes('/api/operator/')) authorization = request.headers()['authorization'] ?? '';
    });
    await page.goto(`${stage.address}/operator`);
    await page.getByLabel('E-mail').fill(`${role}@reddyfit.example`);
    await page.getByLabel('Password').fill('demo-password');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Find scans' }).waitFor();
    for (const [see, heading, roles] of PLACES) {
      await page.goto(`${stage.address}/operator/${see}`);
      const [mine, refused] = [
        page.getByRole('heading', { name: heading, exact: true }),
        page.getByText('Your role does not show this.'),
      ];
      await mine.or(refused).waitFor();
      expect([await mine.count(), await refused.count()], see).toEqual(
        roles.includes(role) ? [1, 0] : [0, 1],
      );
    }
    const { docs } = await stage.servers.db
      .collection(paths.scans())
      .where('userId', '==', 'demo-user')
      .where('status', '==', 'completed')
      .limit(1)
      .get();
    const endpoint = { url: 'https://partner.example', state: 'enabled', events: [] };
    await stage.servers.db.doc(paths.webhookEndpoint('we_abcdefghijABCDEFGHIJ')).set(endpoint);
    for (const [method, path, body, roles] of ASKS) {
      const asked = { method, path: path.replace('{scanId}', docs[0]!.id), body, authorization };
      const status = await page.evaluate(async (ask) => {
        const answer = await fetch(`/api/operator/v1${ask.path}`, {
          method: ask.method,
          headers: {
            authorization: ask.authorization,
            ...(ask.body && { 'content-type': 'application/json' }),
          },
          ...(ask.body && { body: JSON.stringify(ask.body) }),
        });
        return answer.status;
      }, asked);
      expect(status, `${method} ${path}`).toBe(roles.includes(role) ? 200 : 403);
    }
    await page.context().close();
  },
);

it('shows a user nothing', async ({ stage }) => {
  const page = await stage.open();
  await signUp(page);
  await page.goto(`${stage.address}/operator/`);
  await page.getByText('for operators').waitFor();
  expect(await page.getByRole('heading', { name: 'Find scans' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.context().close();
});
