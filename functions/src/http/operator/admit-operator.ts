/**
 * Decides who is admitted to the operator's desk, at each request: by address, token, role, second factor and the age
 * of the sign-in.
 */

import { type OperatorPermission, roleAllows, roleOfClaim } from '@reddyfit/shared/operator/roles';
import { claimsSince } from '../../accounts/sign-ins.ts';
import { config } from '../../platform/config.ts';
import { isWithin } from '../../platform/networks.ts';
import { lackOfSignIn, SIGN_IN_LACKS, signInHoldsUntil } from '../../platform/operator-sign-in.ts';
import { isDocumentId } from '../../scans/admission/scan-request.ts';
import { ApiProblem } from '../problems.ts';
import type { PlatformRequest } from '../request.ts';
import type { Operator } from '../route.ts';
import { invalidToken, tokenOf } from '../sign-in.ts';

/**
 * The operator who sent a request, if their role allows `needed`. Throws ApiProblem address-not-allowed, not-signed-in,
 * not-allowed, second-factor-missing and sign-in-too-old, and what Firebase throws when it cannot check the token.
 */
export async function admitOperator(
  request: PlatformRequest,
  needed: OperatorPermission | null,
): Promise<Operator> {
  const { addresses, proxies } = config().desk;
  // The address is checked first, so that nobody can learn from elsewhere which tokens are valid.
  if (addresses && !isWithin(addresses, addressOf(request, proxies))) {
    throw new ApiProblem('address-not-allowed', "The operator's desk does not answer your address.");
  }
  const token = await tokenOf(request.headers.authorization);
  // A token holds for an hour, also after its owner was signed out or has lost the role.
  const claims = await claimsSince(token.uid, token.auth_time);
  if (!claims) throw invalidToken();
  const role = roleOfClaim(claims['operator']);
  if (!role || !isDocumentId(token.uid)) {
    throw new ApiProblem('not-allowed', "The operator's desk is for operators, whose role others give them.");
  }
  if (role !== roleOfClaim(token['operator']))
    throw invalidToken('Your role has changed since you signed in. Sign in again.');
  const lack = lackOfSignIn(token);
  if (lack) {
    const invalid = { 'www-authenticate': 'Bearer realm="reddyfit", error="invalid_token"' };
    throw new ApiProblem(lack, SIGN_IN_LACKS[lack], lack === 'sign-in-too-old' ? { headers: invalid } : {});
  }
  if (needed && !roleAllows(role, needed)) {
    throw new ApiProblem('not-allowed', `The role "${role}" does not allow this.`);
  }
  return { uid: token.uid, role, until: signInHoldsUntil(token) };
}

/**
 * The address of a request: the one that the platform's front end appended to X-Forwarded-For, or the socket's remote
 * address when there is no such header. Each further proxy appended one more address. The addresses before these were
 * sent by the client and prove nothing.
 */
function addressOf({ headers, socket }: PlatformRequest, proxies: number): string {
  const hops = String(headers['x-forwarded-for'] ?? '').split(',');
  return hops.at(-1 - proxies)?.trim() || (headers['x-forwarded-for'] ? '' : (socket.remoteAddress ?? ''));
}
