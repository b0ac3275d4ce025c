/** What tests of the operator's desk share: signing in by a role, giving a reason, and what a screen reader is told. */

import type { OperatorRole } from '@reddyfit/shared/operator/roles';
import type { CDPSession, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Stage } from './stage.ts';

const WIDE = { viewport: { width: 1100, height: 800 } };

/** A page of the desk at its search, signed in by the account that a stack of this machine has for the role. `prepare` as in stage.ts. */
export async function atDesk(
  stage: Stage,
  role: OperatorRole,
  prepare?: Parameters<Stage['open']>[1],
): Promise<Page> {
  const page = await stage.open(WIDE, prepare);
  await page.goto(`${stage.address}/operator`);
  await page.getByLabel('E-mail').fill(`${role}@reddyfit.example`);
  await page.getByLabel('Password').fill('demo-password');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Find scans' }).waitFor();
  return page;
}

/** Presses the button within `of` and gives a reason. */
export async function because(page: Page, button: string, reference: string, of: Locator | Page = page) {
  await of.getByRole('button', { name: button }).click();
  await page.getByLabel('Reason').selectOption('An incident');
  await page.getByLabel('Reference of a ticket').fill(reference);
  await page.getByRole('button', { name: 'Yes' }).click();
}

/** Looks for scans by one of the fields. */
export async function find(page: Page, by: string, value: string): Promise<void> {
  await page.getByLabel('By').selectOption(by);
  await page.getByLabel('Value').fill(value);
  // A search is pressed once the one before it is answered.
  await page.getByRole('button', { name: 'Find', exact: true }).click();
}

interface AxNode {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: { readonly value?: unknown };
  readonly name?: { readonly value?: unknown };
  readonly childIds?: readonly string[];
  readonly backendDOMNodeId?: number;
}

/** The statuses, or the alerts, of Chromium's accessibility tree: by the element's id, what stands in it. */
async function regions(devtools: CDPSession, of: 'status' | 'alert'): Promise<Map<number, string>> {
  const { nodes } = (await devtools.send('Accessibility.getFullAXTree')) as unknown as { nodes: AxNode[] };
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const textOf = ({ role, name, childIds = [] }: AxNode): string =>
    role?.value === 'StaticText'
      ? String(name?.value ?? '')
      : childIds.map((id) => (byId.has(id) ? textOf(byId.get(id)!) : '')).join('');
  const found = nodes.filter(({ ignored, role }) => !ignored && role?.value === of);
  return new Map(found.map((node) => [node.backendDOMNodeId!, textOf(node)]));
}

/**
 * What a screen reader is told on a page. `says` does an act, and expects its outcome in a status that the accessibility tree had before,
 * in which the text did not stand then. `alarms` expects it in an alert, which is told also when it is new.
 */
export async function heardOn(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Accessibility.enable');
  const heard = async (
    of: 'status' | 'alert',
    text: RegExp,
    act: () => Promise<unknown>,
    timeout = 30_000,
  ): Promise<void> => {
    const before = await regions(devtools, of);
    await act();
    const said = async () => {
      const now = [...(await regions(devtools, of))].filter(([, content]) => text.test(content));
      return now.map(([id, content]) => ({
        wasThere: of === 'alert' || before.has(id),
        isNew: before.get(id) !== content,
      }));
    };
    await expect.poll(said, { timeout, message: `${text}` }).toEqual([{ wasThere: true, isNew: true }]);
  };
  return {
    says: (text: RegExp, act: () => Promise<unknown>, timeout?: number) =>
      heard('status', text, act, timeout),
    alarms: (text: RegExp, act: () => Promise<unknown>) => heard('alert', text, act),
  };
}
