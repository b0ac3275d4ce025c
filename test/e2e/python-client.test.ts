/** The client in Python that docs/clients.md shows, as it stands there, against the real stack. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ANGLES } from '@reddyfit/shared/names/angles';
import { paths } from '@reddyfit/shared/names/paths';
import { execa } from 'execa';
import { afterAll, beforeAll, expect } from 'vitest';
import { repositoryRoot } from '../../repository.ts';
import { goodPhotos } from './photos.ts';
import { it } from './world.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reddyfit-python-'));
  const page = await readFile(join(repositoryRoot, 'docs', 'clients.md'), 'utf8');
  await writeFile(join(folder, 'client.py'), /^```python\n(.*?)^```/ms.exec(page)![1]!);
  const photos = await goodPhotos();
  await Promise.all(ANGLES.map((angle) => writeFile(join(folder, `${angle}.jpg`), photos[angle])));
});
afterAll(() => rm(folder, { recursive: true }));

it('goes from an account without a profile to a result, by HTTP alone', async ({ world }) => {
  const { stack, db } = world.servers;
  const user = await world.newUser({ consent: 'never asked', profileWithout: 'heightCm', credits: 1 });
  await writeFile(join(folder, 'stack.json'), JSON.stringify(stack));
  const { email, password } = user.account;
  const client = (...args: string[]) =>
    execa('python3', ['client.py', 'stack.json', '.', ...args], { cwd: folder, reject: false });
  const { stdout, stderr, exitCode } = await client(email, password);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^completed \d+(?:\.\d)?$/m);
  const scans = await db.collection(paths.scans()).where('userId', '==', user.uid).get();
  expect(scans.docs.map((scan) => scan.get('weightKg') as number)).toEqual([68]);
  await world.expectInvariants(scans.docs[0]!.id);

  // What it prints of a refusal names the reason.
  expect(await client(email, 'wrong')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^400 .*PASSWORD/s),
  });
  expect(await client(email, password)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^402 .*"code":\s*"InsufficientCreditsError"/s),
  });
});
