/**
 * The logic of examples/mobile against the real stack, on a phone simulated in Node: its ledger, its uploads from files, and
 * its sending in the background.
 */

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReddyFitClient } from '@reddyfit/client';
import { signIn } from '@reddyfit/client/emulators';
import { expect } from 'vitest';
import { clear, fileTransport } from '../../examples/mobile/logic/file-transport.ts';
import { folderLedger } from '../../examples/mobile/logic/ledger.ts';
import { nodeFolder, nodeUpload } from '../../examples/mobile/logic/node-phone.fixture.ts';
import { phoneWake } from '../../examples/mobile/logic/phone-wake.ts';
import { sendDrafts } from '../../examples/mobile/logic/send-drafts.ts';
import { goodPhotos } from './photos.ts';
import { it } from './world.ts';

const wake = () =>
  phoneWake(
    { addEventListener: () => ({ remove: () => undefined }) },
    { addEventListener: () => () => undefined },
  );

it('the mobile example sends in the background what an app that was ended had begun', async ({ world }) => {
  const user = await world.newUser();
  const phone = await mkdtemp(join(tmpdir(), 'reddyfit-phone-'));
  const [drafts, uploads] = [join(phone, 'drafts'), join(phone, 'uploads')];
  const opened: { close(): Promise<void> }[] = [];
  /** Starts the app; `during` is called in each of its uploads. */
  const start = async (during?: Parameters<typeof nodeUpload>[1]): Promise<ReddyFitClient> => {
    const local = await signIn(world.servers.stack, user.account, {
      storage: folderLedger(nodeFolder(drafts)),
      transport: fileTransport(nodeFolder(uploads), nodeUpload(uploads, during)),
      wake: wake(),
    });
    opened.push(local);
    return local.client;
  };
  try {
    await nodeFolder(drafts).write('made', new Uint8Array());
    const sent: string[] = [];
    const begun = await start(async (file) => {
      sent.push(file);
      if (file.includes('left')) await new Promise(() => undefined);
    });
    const handle = begun.startScan({ photos: await goodPhotos(), weight: { kg: 68 } });
    await expect.poll(() => handle.getSnapshot().upload?.arrived.length, { timeout: 60_000 }).toBe(3);
    handle.close();
    expect(await readdir(uploads)).toHaveLength(1);

    const again: string[] = [];
    const woken = await start(async (file) => void again.push(file));
    const [scanId] = await sendDrafts(woken, 60_000);
    expect(await world.untilTerminal(scanId!)).toMatchObject({ status: 'completed', weightKg: 68 });
    expect(again).toEqual(sent.filter((file) => file.includes('left')));
    expect(await woken.drafts()).toEqual([]);
    await clear(nodeFolder(uploads));
    expect(await readdir(uploads)).toEqual([]);
    await world.expectInvariants(scanId!);
  } finally {
    await Promise.all(opened.map(({ close }) => close()));
    await rm(phone, { recursive: true });
  }
});
