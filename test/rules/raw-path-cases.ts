/** Paths that no SDK would send: written by hand into the URL of a REST request that carries Alice's token. */

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { PROJECT, UID } from './rules-world.ts';

/** `path` is sent unchanged after `/documents/`. */
export interface RawCase {
  name: string;
  method: 'GET' | 'PATCH' | 'DELETE' | 'POST';
  path: string;
}

export const rawPathCases: RawCase[] = [
  { name: '.. out of the own folder', method: 'GET', path: 'users/alice/../bob' },
  { name: 'an encoded .. out of the own folder', method: 'GET', path: 'users/alice/%2e%2e/bob' },
  { name: 'an encoded slash between users', method: 'GET', path: 'users/alice%2F..%2Fbob' },
  { name: 'a twice encoded slash between users', method: 'GET', path: 'users/alice%252F..%252Fbob' },
  { name: 'an encoded slash into memories', method: 'GET', path: 'users/alice%2Fmemories%2Fm1' },
  { name: 'doubled slashes', method: 'GET', path: 'users//bob' },
  { name: 'a trailing slash', method: 'GET', path: 'users/bob/' },
  { name: 'capitals in the collection', method: 'GET', path: 'Users/alice' },
  { name: 'a full-width collection', method: 'GET', path: encodeURI('ｕｓｅｒｓ/alice') },
  { name: 'a Cyrillic uid', method: 'GET', path: encodeURI('users/аlice') },
  { name: 'a uid with a zero-width space', method: 'GET', path: encodeURI('users/alice\u200b') },
  { name: 'a uid with a NUL', method: 'GET', path: 'users/alice%00' },
  { name: 'a reserved id', method: 'GET', path: 'users/__alice__' },
  { name: 'a scan called ..', method: 'PATCH', path: 'scans/%2e%2e' },
  { name: 'a scan with a slash in its id', method: 'PATCH', path: 'scans/a%2Fb' },
  { name: 'a scan under an account', method: 'PATCH', path: 'accounts/alice/scans/s1' },
  {
    name: "another project's profile",
    method: 'GET',
    path: `../../../../demo-other/databases/(default)/documents/users/alice`,
  },
  { name: 'the list of all users', method: 'GET', path: 'users' },
  { name: 'the list of all scans with a mask', method: 'GET', path: 'scans?mask.fieldPaths=weightLb' },
  { name: 'missing parents', method: 'GET', path: 'accounts?showMissing=true' },
  { name: 'the collections beneath a user', method: 'POST', path: 'users/bob:listCollectionIds' },
  { name: 'an unconditional delete of an own scan', method: 'DELETE', path: 'scans/alice-scan' },
  {
    name: 'a patch of one masked field',
    method: 'PATCH',
    path: 'scans/alice-scan?updateMask.fieldPaths=status',
  },
];

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Sends the request without normalising its path as `fetch` would. Resolves with the HTTP status of the answer. */
export async function sendRaw(firestore: string, { method, path }: RawCase): Promise<number> {
  const uid = UID.owner;
  const token = { sub: uid, user_id: uid, aud: PROJECT, iss: `https://securetoken.google.com/${PROJECT}` };
  const [host, port] = firestore.split(':');
  const sent = request({
    host,
    port,
    method,
    path: `/v1/projects/${PROJECT}/databases/(default)/documents/${path}`,
    headers: {
      authorization: `Bearer ${part({ alg: 'none' })}.${part(token)}.`,
      'content-type': 'application/json',
    },
  });
  sent.end(method === 'PATCH' ? JSON.stringify({ fields: { status: { stringValue: 'completed' } } }) : '{}');
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode!;
}
