/** What the stack's servers answer to pages of other sites that are open in a browser of this machine. */

import { once } from 'node:events';
import { request } from 'node:http';
import { expect, inject } from 'vitest';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../repository.ts';
import { it } from './world.ts';

/** The answer of a server to a page of `origin`, or to a program when `origin` is absent. */
async function answerTo(url: string, origin?: string, host?: string, method = 'GET') {
  const headers = { ...(origin && { origin }), ...(host && { host }) };
  const [answer] = (await once(request(url, { method, headers }).end(), 'response')) as [
    import('node:http').IncomingMessage,
  ];
  answer.resume();
  return { status: answer.statusCode, readableBy: answer.headers['access-control-allow-origin'] };
}

it.for(['firestore', 'storage', 'auth', 'functions', 'hub', 'model', 'fcm', 'webhookReceiver'] as const)(
  '%s answers programs and pages of this machine alone',
  async (name) => {
    const stack = inject('stack');
    const base = stack[name].startsWith('http') ? stack[name] : `http://${stack[name]}`;
    // A URL of each server at which it has something to disclose.
    const url = {
      firestore: `${base}/emulator/v1/projects/${stack.projectId}:ruleCoverage`,
      storage: `${base}/storage/v1/b/${stack.bucket}/o`,
      auth: `${base}/emulator/v1/projects/${stack.projectId}/config`,
      functions: `${base}/${stack.projectId}/${stack.region}/api/openapi.json`,
      hub: `${base}/emulators`,
      model: `${base}/__aimock/journal`,
      fcm: `${base}/messages`,
      webhookReceiver: `${base}/received`,
    }[name];
    expect((await answerTo(url)).status).toBe(200);
    expect((await answerTo(url, 'http://localhost:5000')).status).toBe(200);

    const refused = { status: 403, readableBy: undefined };
    expect(await answerTo(url, 'https://other.example')).toEqual(refused);
    expect(await answerTo(url, 'null')).toEqual(refused);
    // The preflight request that a browser sends before a page's own headers.
    expect(await answerTo(url, 'https://other.example', undefined, 'OPTIONS')).toEqual(refused);
    // A foreign name that resolves to this address (DNS rebinding).
    expect(await answerTo(url, undefined, 'rebound.example')).toEqual(refused);
  },
);

it('a page of another site reads nothing of Temporal, of what decodes for it, or of a worker', async () => {
  const { temporalUi, codecServer, metrics } = inject('stack');
  for (const url of [`${temporalUi}/api/v1/namespaces`, `${codecServer}/decode`, ...metrics]) {
    const method = url.endsWith('/decode') ? 'OPTIONS' : 'GET';
    const answer = await answerTo(url, 'https://other.example', undefined, method);
    expect(answer, url).toMatchObject({ readableBy: undefined });
  }
});

it('nobody else on this machine reads what the stack keeps', () => {
  expect(statSync(join(repositoryRoot, '.local')).mode & 0o077).toBe(0);
});
