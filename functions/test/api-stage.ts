/** Runs the API on the web server that Cloud Functions uses, with callers who have ID tokens of the Auth emulator. */

import { type ProblemDetails, problemDetails } from '@reddyfit/shared/api/http';
import { getAuth } from 'firebase-admin/auth';
import { expect } from 'vitest';
import { idTokenOf } from '../../test/id-token.ts';
import { serveApi } from '../../test/serve-api.ts';
import { startAuth } from '../../test/servers.ts';

export type Send = (path: string, init?: RequestInit & { token?: string }) => Promise<Response>;

/** Starts the API and the Auth emulator. The environment and the default app must be set up before. */
export async function apiStage(projectId: string) {
  const authServer = await startAuth(projectId);
  process.env.FIREBASE_AUTH_EMULATOR_HOST = authServer.address;
  const api = await serveApi();
  const base = api.address;

  const send: Send = (path, { token, headers, ...init } = {}) =>
    fetch(`${base}${path}`, {
      ...init,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...(headers as Record<string, string>) },
    });

  return {
    base,
    send,
    /** Posts JSON to the endpoint that the seed requirements name. */
    trigger: (token: string | undefined, body: unknown) =>
      send('/api/scan/trigger-workflow', {
        method: 'POST',
        ...(token && { token }),
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    /** An ID token for a user, who is signed up if they do not exist. */
    tokenOf: (uid: string) => idTokenOf({ auth: authServer.address }, getAuth(), uid),
    async close() {
      api.close();
      await authServer.stop();
    },
  };
}

/** The problem in an answer. Fails when it does not have the form of one. */
export async function problemIn(answer: Response): Promise<ProblemDetails> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemDetails.parse(await answer.json());
  expect(problem.status).toBe(answer.status);
  expect(problem.type).toMatch(/^urn:problem-type:reddyfit:[a-z-]+$/);
  return problem;
}
