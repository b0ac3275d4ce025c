/** The app's ledger, tested on files of this machine. */

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderLedger } from './ledger.ts';
import { nodeFolder } from './node-phone.fixture.ts';

let where: string;
beforeEach(async () => {
  where = await mkdtemp(join(tmpdir(), 'reddyfit-ledger-'));
});
afterEach(() => rm(where, { recursive: true }));

it('keeps text as text and bytes as bytes, across starts of the app', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const ledger = folderLedger(nodeFolder(where));
  await ledger.set('draft/1', '{"größe":1}');
  await ledger.set('draft/1/left', bytes);
  const again = folderLedger(nodeFolder(where));
  expect(await again.get('draft/1')).toBe('{"größe":1}');
  expect(await again.get('draft/1/left')).toEqual(bytes);
  expect(await again.get('draft/1/right')).toBeUndefined();
  expect((await again.keys('draft/1')).toSorted()).toEqual(['draft/1', 'draft/1/left']);
  expect(await again.keys('draft/1/')).toEqual(['draft/1/left']);
});

it('replaces what is there, of either kind, and deletes it', async () => {
  const ledger = folderLedger(nodeFolder(where));
  await ledger.set('a', 'text');
  await ledger.set('a', Uint8Array.of(1));
  expect(await ledger.get('a')).toEqual(Uint8Array.of(1));
  await ledger.set('a', 'again');
  expect(await ledger.get('a')).toBe('again');
  expect(await ledger.keys('')).toEqual(['a']);
  await ledger.delete('a');
  await ledger.delete('a');
  expect(await readdir(where)).toEqual([]);
});

it('passes over a file that was half written when the app ended', async () => {
  await writeFile(join(where, 'a.bin.part'), 'half');
  const ledger = folderLedger(nodeFolder(where));
  expect(await ledger.get('a')).toBeUndefined();
  expect(await ledger.keys('')).toEqual([]);
});
