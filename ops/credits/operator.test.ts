import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isOwnAccount, operatorOf } from './operator.ts';

/** Answers as Google's tokeninfo does, or as the Auth emulator's verifier. */
const verifying = (claims: object, customClaims: object = claims) => ({
  verifyIdToken: async () => claims as never,
  getUsers: async ([whom]: object[]) => ({
    users: whom && 'uid' in whom ? [{ ...whom, customClaims } as never] : [],
    notFound: [],
  }),
});
const nobody = verifying({});

async function google(status: number, body: unknown): Promise<{ tokenInfoUrl: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    asked.push(text);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { tokenInfoUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const accessToken = async () => 'token-of-olga';

describe('who grants', () => {
  it('is in a project whom Google names for the credentials in use', async () => {
    const { tokenInfoUrl, asked } = await google(200, { email: 'olga@reddyfit.example' });
    const operator = await operatorOf({ inProject: true, auth: nobody, accessToken, tokenInfoUrl });
    expect(operator).toEqual({ name: 'olga@reddyfit.example', email: 'olga@reddyfit.example' });
    expect(asked).toEqual(['access_token=token-of-olga']);
  });

  it.each([
    [400, { error: 'invalid_token' }],
    [200, { scope: 'cloud-platform' }],
  ])('is nobody when Google answers %i %j', async (status, body) => {
    const { tokenInfoUrl } = await google(status, body);
    await expect(operatorOf({ inProject: true, auth: nobody, accessToken, tokenInfoUrl })).rejects.toThrow(
      'gcloud auth application-default login',
    );
  });

  it('is the operator of the ID token, before anything else', async () => {
    const auth = verifying({ uid: 'olga', email: 'olga@reddyfit.example', operator: true });
    const operator = { name: 'olga', uid: 'olga', email: 'olga@reddyfit.example', hasRole: true };
    expect(await operatorOf({ idToken: 'x', inProject: true, auth })).toEqual(operator);
    await expect(
      operatorOf({ idToken: 'x', inProject: false, auth: verifying({ uid: 'mallory' }) }),
    ).rejects.toThrow('no operator');
    const former = verifying({ uid: 'olga', operator: 'operator' }, {});
    await expect(operatorOf({ idToken: 'x', inProject: true, auth: former })).rejects.toThrow('no operator');
  });

  it('is on one machine its only operator, whoever is logged in', async () => {
    expect(await operatorOf({ inProject: false, auth: nobody })).toEqual({ name: 'local' });
  });
});

it('knows an own account by id and by address', () => {
  const olga = { name: 'o', uid: 'olga', email: 'Olga@reddyfit.example' };
  expect(isOwnAccount(olga, { uid: 'olga' })).toBe(true);
  expect(isOwnAccount(olga, { uid: 'other', email: 'olga@reddyfit.example' })).toBe(true);
  expect(isOwnAccount(olga, { uid: 'other', email: 'user@reddyfit.example' })).toBe(false);
  expect(isOwnAccount({ name: 'local' }, { uid: 'other' })).toBe(false);
});
