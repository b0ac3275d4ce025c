/** Finds the user of a request by the Firebase ID token that the request carries as a bearer token (RFC 6750). */

import type { DecodedIdToken } from 'firebase-admin/auth';
import { firebaseAuth } from '../accounts/sign-ins.ts';
import { ApiProblem } from './problems.ts';

/** The errors that the token itself causes. Any other error is the server's fault, not the caller's. */
const TOKEN_ERRORS = new Set([
  'auth/argument-error',
  'auth/id-token-expired',
  'auth/id-token-revoked',
  'auth/invalid-id-token',
  'auth/user-disabled',
  'auth/user-not-found',
]);

/**
 * Id of the user whose ID token an `Authorization` header carries. Throws ApiProblem not-signed-in, or Firebase's own error
 * when the token could not be checked.
 */
export async function signedInUser(authorization: string | undefined): Promise<string> {
  return (await tokenOf(authorization)).uid;
}

/** The decoded ID token. Throws as signedInUser does. */
export async function tokenOf(authorization: string | undefined): Promise<DecodedIdToken> {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (!token) {
    throw notSignedIn('Send an ID token of a signed-in user as "Authorization: Bearer <token>".', '');
  }
  try {
    const auth = await firebaseAuth();
    return await auth.verifyIdToken(token);
  } catch (error) {
    if (!TOKEN_ERRORS.has((error as { code?: string }).code ?? '')) throw error;
    throw invalidToken();
  }
}

/** The problem of a token that is none, or that holds no more. */
export function invalidToken(
  detail = 'The ID token is not valid, or not any more. Sign in again.',
): ApiProblem {
  return notSignedIn(detail, ', error="invalid_token"');
}

function notSignedIn(detail: string, reason: string): ApiProblem {
  return new ApiProblem('not-signed-in', detail, {
    headers: { 'www-authenticate': `Bearer realm="reddyfit"${reason}` },
  });
}
