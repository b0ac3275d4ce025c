/**
 * A first scan by the keyboard alone, as a screen reader hears it: by Chromium's own accessibility tree each screen has one
 * heading, which has the focus, each control a name, and what changes by itself is said.
 */

import { ANGLES } from '@reddyfit/shared/names/angles';
import type { CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';
import { safetyIdentifier } from '../../worker/src/model/openai.ts';
import { modelAt } from '../e2e/model.ts';
import { completed, darkened, delayInsights, faultsOf, goodPhotos, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

interface Heard {
  readonly role: string;
  readonly name: string;
  readonly live: unknown;
  readonly focused: unknown;
  /** True within a list that is a live region. */
  readonly inLiveList: boolean;
}

interface AxValue {
  readonly value?: unknown;
}
interface AxNode {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: AxValue;
  readonly name?: AxValue;
  readonly properties?: readonly { readonly name: string; readonly value: AxValue }[];
  readonly childIds?: readonly string[];
}

/** The page as a screen reader reads it: the nodes that have a role, in their order. */
async function heard(devtools: CDPSession): Promise<Heard[]> {
  const { nodes } = (await devtools.send('Accessibility.getFullAXTree')) as unknown as { nodes: AxNode[] };
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const inOrder = (node: AxNode, inLiveList: boolean): Heard[] => {
    const { ignored, role, name, properties = [], childIds = [] } = node;
    const of = (key: string) => properties.find((property) => property.name === key)?.value.value;
    const its = {
      role: String(role?.value ?? ''),
      name: String(name?.value ?? '').trim(),
      live: of('live'),
      focused: of('focused'),
      inLiveList,
    };
    const within = inLiveList || (its.role === 'list' && its.live === 'polite');
    const below = childIds.flatMap((id) => (byId.has(id) ? inOrder(byId.get(id)!, within) : []));
    return ignored ? below : [its, ...below];
  };
  return inOrder(nodes[0]!, false);
}

const CONTROLS = new Set([
  'button',
  'link',
  'textbox',
  'spinbutton',
  'combobox',
  'radio',
  'checkbox',
  'Date',
  'DisclosureTriangle',
  'image',
  'img',
  'timer',
  'progressbar',
  'ProgressIndicator',
]);

/** Expects one heading of the first level, which has the focus, and a name for each control. */
async function expectScreen(devtools: CDPSession, page: Page, heading: string): Promise<Heard[]> {
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  let all: Heard[] = [];
  const focused = async () => {
    all = await heard(devtools);
    return all
      .filter((node) => node.focused === true && node.role !== 'RootWebArea')
      .map(({ role, name }) => [role, name]);
  };
  // A heading takes the focus a moment after it is there.
  await expect.poll(focused).toEqual([['heading', heading]]);
  expect(all.filter(({ role, name }) => CONTROLS.has(role) && name === '')).toEqual([]);
  expect(await page.locator('h1').count()).toBe(1);
  return all;
}

/** Presses Tab until an element that matches has the focus. */
async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    const there = `document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`;
    if (await page.evaluate<boolean>(there)) return;
  }
  throw new Error(`no way to ${selector} by ${key}`);
}

it('leads through a first scan', async ({ stage }) => {
  const page = await stage.open();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Accessibility.enable');
  // The driver lets Chromium hand file choosers over while somebody listens, and does not wait until it does; a key that is pressed at
  // once takes another way to the page, and may come first.
  page.on('filechooser', () => undefined);
  await page.getByLabel('E-mail').waitFor();

  await tabTo(page, 'input[name=email]');
  await page.keyboard.type(`by-keyboard-${Date.now().toString(36)}@reddyfit.example`);
  await tabTo(page, 'input[name=password]');
  await page.keyboard.type('a-password');
  await page.keyboard.press('Enter');

  await expectScreen(devtools, page, 'About you');
  await tabTo(page, 'input[name=sex]');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, 'input[name=birthDate]');
  // The same in the order of day and month as in the other.
  await page.keyboard.type('05051990');
  await tabTo(page, 'input[inputmode=decimal]');
  await page.keyboard.type('180');
  await page.keyboard.press('Enter');

  // What is looked at and kept, where it goes and how to withdraw is said at once, and in full behind one disclosure.
  const consent = await expectScreen(devtools, page, 'Your consent');
  const headings = (all: Heard[]) => all.filter(({ role }) => role === 'heading').map(({ name }) => name);
  expect(headings(consent)).toEqual(['Your consent']);
  expect(await page.locator('main .card > ul > li').allTextContents()).toEqual([
    expect.stringContaining('without faces'),
    expect.stringContaining('until you delete it'),
    expect.stringMatching(/Google.*OpenAI.*Microsoft.*Supermemory/),
    expect.stringContaining('Withdraw'),
  ]);
  await tabTo(page, 'main summary');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'How to undo it' }).waitFor();
  expect(headings(await heard(devtools))).toEqual([
    'Your consent',
    'What is looked at',
    'What is kept',
    'Where it goes',
    'How to undo it',
  ]);
  await tabTo(page, 'main button');
  await page.keyboard.press('Enter');

  // The photos are chosen by their file inputs, whose names are those of the angles.
  await expectScreen(devtools, page, 'New scan');
  const photos = await goodPhotos();
  const choose = async (angle: (typeof ANGLES)[number], buffer: Buffer, key: string) => {
    await tabTo(page, `input[name=${angle}]`, key);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
    await chooser.setFiles({ name: `${angle}.jpg`, mimeType: 'image/jpeg', buffer });
  };
  for (const angle of ANGLES)
    await choose(angle, angle === 'left' ? await darkened(photos.left) : photos[angle], 'Tab');
  // What the gate finds is put into a status that was there before, and is what the photo's input is described by.
  const verdict = page.locator('.tile[data-angle=left] [role=status]');
  const before = await verdict.count();
  await verdict.getByText('left photo is too dark').waitFor({ timeout: 60_000 });
  expect(before).toBe(1);
  const described = await page.evaluate<string>(
    `document.getElementById(document.querySelector('input[name=left]').getAttribute('aria-describedby')).textContent`,
  );
  expect(described).toMatch(/left photo is too dark/);
  expect(await faultsOf(page)).toEqual([]);
  await choose('left', photos.left, 'Shift+Tab');
  await tabTo(page, 'input[inputmode=decimal]');
  await page.keyboard.type('83.1');
  await delayInsights(stage, 6);
  await page.keyboard.press('Enter');

  // While the scan runs, each step is said whole, with its name, when its state changes.
  await page.locator('.steps [data-state=running]').first().waitFor({ timeout: 60_000 });
  const running = await heard(devtools);
  expect(running.filter(({ role, live }) => role === 'list' && live === 'polite')).toHaveLength(1);
  expect(running.filter(({ role, inLiveList }) => role === 'listitem' && inLiveList)).toHaveLength(7);
  // The tree tells of the region, and not which of its parts are read whole.
  expect(await page.locator('.steps[aria-live] > [aria-atomic=true]').count()).toBe(7);
  expect(running.find(({ role }) => /progress/i.test(role))?.name).toBe('Progress');

  // The body fat takes the place of the steps' heading, and the focus.
  const shown = await expectScreen(devtools, page, 'Body fat');
  const figure = (await page.locator('.figure').textContent())!;
  const read = shown.map(({ name }) => name);
  expect(read.indexOf('Body fat')).toBeLessThan(read.indexOf(figure));
  expect(read.find((name) => name.startsWith('95% interval: '))).toMatch(/\d+\.\d–\d+\.\d%$/);
  await page.getByRole('button', { name: 'Delete this scan' }).waitFor({ timeout: 60_000 });
  await expectScreen(devtools, page, 'Body fat');
  // A table stands behind the drawing, and is opened by the keyboard.
  await tabTo(page, '.girths summary');
  await page.keyboard.press('Enter');
  await page.getByRole('rowheader', { name: 'waist' }).waitFor();

  await tabTo(page, 'nav a[href$="see=history"]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expectScreen(devtools, page, 'Your scans');
  await tabTo(page, 'nav a[href$="see=settings"]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expectScreen(devtools, page, 'Settings');
  // A question takes the focus and is said, holds the focus, and gives it back.
  await tabTo(page, '.danger');
  await page.keyboard.press('Enter');
  const dialog = (await heard(devtools)).filter(({ role }) => role === 'alertdialog');
  expect(dialog.map(({ name }) => name)).toEqual(['Delete my account']);
  await page.getByRole('alertdialog', { description: /are deleted for good/ }).waitFor();
  expect(await page.evaluate<boolean>("document.activeElement.closest('dialog') !== null")).toBe(true);
  await page.keyboard.press('Escape');
  expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Delete my account');
  await page.context().close();
});

it('leaves a user who is at a control, or has not scrolled, where they are when a result comes', async ({
  stage,
}) => {
  const page = await stage.open();
  const email = await signUp(page);
  const { uid } = await stage.servers.auth.getUserByEmail(email);
  const { model: at, projectId } = stage.servers.stack;
  const slow = { step: 'qualityCheck', kind: 'slow', times: 1, afterSeconds: 20 } as const;
  await modelAt(at, safetyIdentifier(uid, projectId)).fault(slow);
  await startScan(page, await goodPhotos());
  await page.waitForURL(/\/scans\//, { timeout: 60_000 });
  const other = await page.context().newPage();
  await other.goto(page.url());
  // A tap, from which on the page may move the focus.
  await other.getByRole('heading', { level: 1 }).click();
  await other.evaluate('document.activeElement.blur(); scrollTo(0, 0);');
  // By the keyboard a user is at a link that they have not followed.
  const link = page.getByRole('link', { name: 'Settings' });
  await link.focus();
  for (const each of [page, other]) expect(await each.locator('.figure').count()).toBe(0);
  for (const each of [page, other]) await each.locator('.figure').waitFor({ timeout: 60_000 });
  const focused = 'document.activeElement.textContent';
  await expect.poll(() => other.evaluate(focused)).toBe('Body fat');
  expect(await other.evaluate('scrollY')).toBe(0);
  expect(await page.evaluate(focused)).toBe('Settings');
  await completed(page);
  expect(await page.evaluate(focused)).toBe('Settings');
  // The link that is followed gives the focus to its screen.
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('H1');
  await page.context().close();
});

it('reads a page that was just loaded from its top', async ({ stage }) => {
  const page = await stage.open();
  await page.getByLabel('E-mail').waitFor();
  expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('BODY');
  await page.context().close();
});
