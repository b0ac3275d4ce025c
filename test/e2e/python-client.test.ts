/** The client in Python that docs/clients.md shows, as it stands there, and what the page says beside it, against the real stack. */

import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ANGLES } from '@reddyfit/shared/names/angles';
import { paths } from '@reddyfit/shared/names/paths';
import { execa } from 'execa';
import { afterAll, beforeAll, expect } from 'vitest';
import { grantCreditsOnce } from '../../functions/src/accounts/credit-ledger.ts';
import type { StackFile } from '../../local/stack/stack-file.ts';
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

interface NewAccount {
  readonly email: string;
  readonly password: string;
  readonly uid: string;
  readonly token: string;
}

/** Makes an account as an app does. It has no document of any kind. */
async function signUp({ auth }: StackFile): Promise<NewAccount> {
  const [email, password] = [`${randomUUID()}@reddyfit.example`, randomUUID()];
  const url = `http://${auth}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=any`;
  const { answer } = await send('POST', url, { email, password, returnSecureToken: true });
  const { localId: uid, idToken: token } = answer as { localId: string; idToken: string };
  return { email, password, uid, token };
}

async function send(method: string, url: string, body: object, token?: string) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  return { status: response.status, answer: await response.json() };
}

const documentsOf = ({ firestore, projectId }: StackFile) =>
  `http://${firestore}/v1/projects/${projectId}/databases/(default)/documents`;

async function startClient(stack: StackFile, { email, password }: Pick<NewAccount, 'email' | 'password'>) {
  await writeFile(join(folder, 'stack.json'), JSON.stringify(stack));
  const args = ['client.py', 'stack.json', '.', email, password];
  return { running: execa('python3', args, { cwd: folder, reject: false }) };
}

it('goes from a new account to a result and to the list of scans, by HTTP alone', async ({ world }) => {
  const { stack, db } = world.servers;
  const account = await signUp(stack);
  const { uid, token } = account;
  const { running } = await startClient(stack, account);
  // As on a stack with a page: credits come after the profile, here only once the client has looked for them in vain.
  let refusals = 0;
  for await (const line of running) {
    if (line !== 'no credits yet' || refusals++ > 0) continue;
    const grant = { uid, amount: 1, grantId: 'late', actor: 'operator:test', now: new Date() };
    await grantCreditsOnce(db, { ...grant, perDay: Number.MAX_SAFE_INTEGER });
  }
  const { stdout, stderr, exitCode } = await running;
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(refusals).toBeGreaterThan(0);
  expect(stdout).toMatch(/^completed \d+(?:\.\d)?$/m);
  const scans = await db.collection(paths.scans()).where('userId', '==', uid).get();
  expect(scans.docs.map((scan) => scan.get('weightKg') as number)).toEqual([68]);
  await world.expectInvariants(scans.docs[0]!.id);

  const list = (where: object) => {
    const orderBy = [{ field: { fieldPath: 'createdAt' }, direction: 'DESCENDING' }];
    const structuredQuery = { from: [{ collectionId: 'scans' }], ...where, orderBy };
    return send('POST', `${documentsOf(stack)}:runQuery`, { structuredQuery }, token);
  };
  const own = { field: { fieldPath: 'userId' }, op: 'EQUAL', value: { stringValue: uid } };
  const listed = await list({ where: { fieldFilter: own } });
  expect(listed).toMatchObject({
    status: 200,
    answer: [{ document: { name: expect.stringMatching(`/scans/${scans.docs[0]!.id}$`) } }],
  });
  expect(await list({})).toMatchObject({ status: 403 });
});

it('prints the reason of a refusal', async ({ world }) => {
  const { stack } = world.servers;
  const account = await signUp(stack);
  const client = async (...args: Parameters<typeof startClient>) => (await startClient(...args)).running;
  expect(await client(stack, { ...account, password: 'wrong' })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^400 .*PASSWORD/s),
  });
  // An account without credits, made as the page says.
  const fields = { scanCredits: { integerValue: '0' } };
  const made = await send(
    'PATCH',
    `${documentsOf(stack)}/${paths.account(account.uid)}`,
    { fields },
    'owner',
  );
  expect(made.status).toBe(200);
  expect(await client(stack, account)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^402 .*"code":\s*"InsufficientCreditsError"/s),
  });
});
