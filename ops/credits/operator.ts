/**
 * Names the person who grants credits on the command line: somebody whom Firebase or Google identifies, never the machine's
 * user.
 */

import { applicationDefault } from 'firebase-admin/app';
import type { Auth } from 'firebase-admin/auth';
import { roleOfClaim } from '@reddyfit/shared/operator/roles';
import { z } from 'zod';
import type { Site } from '../site.ts';

/** A person who grants credits. */
export interface Operator {
  /** The name in the ledger and the audit entry: a Firebase user id, the e-mail address of a Google account, or `local`. */
  name: string;
  /**
   * Both are compared with the account that receives the credits. `uid` is that of the token, or of the account that has the
   * address that Google names; absent where there is none.
   */
  uid?: string;
  email?: string;
  /** True when the account has a claim by which one acts as an operator. Google's credentials ask for none. */
  hasRole?: boolean;
}

/** The part of Google's tokeninfo answer that names the owner of an access token. */
const tokenInfo = z.object({ email: z.string().includes('@') });

const TOKEN_INFO = 'https://oauth2.googleapis.com/tokeninfo';

export interface OperatorSources {
  /** Firebase ID token of an operator, from OPERATOR_ID_TOKEN. */
  idToken?: string | undefined;
  /** False on a local stack, where nobody has a Google account. */
  inProject: boolean;
  auth: Pick<Auth, 'verifyIdToken' | 'getUsers'>;
  /** Access token of the application default credentials. */
  accessToken?: () => Promise<string>;
  /** The endpoint that names the owner of an access token. */
  tokenInfoUrl?: string;
}

/**
 * With an ID token, the user of the token, whose account must have the claim `admin` or the role of an operator. Otherwise, in a
 * project, the Google account of the application default credentials, as Google names it; on a stack, `local`. Throws when
 * nobody can be named.
 */
export async function operatorOf({
  idToken,
  inProject,
  auth,
  accessToken = async () => (await applicationDefault().getAccessToken()).access_token,
  tokenInfoUrl = TOKEN_INFO,
}: OperatorSources): Promise<Operator> {
  if (idToken) {
    const { uid, email } = await auth.verifyIdToken(idToken, true);
    // A token holds for an hour, also after its owner has lost the role.
    const { users } = await auth.getUsers([{ uid }]);
    if (!actsAsOperator(users[0]?.customClaims))
      throw new Error('OPERATOR_ID_TOKEN is of a user who is no operator');
    return { name: uid, uid, hasRole: true, ...(email && { email }) };
  }
  if (!inProject) return { name: 'local' };
  const answer = await fetch(tokenInfoUrl, {
    method: 'POST',
    body: new URLSearchParams({ access_token: await accessToken() }),
  });
  const { data } = tokenInfo.safeParse(await answer.json().catch(() => undefined));
  if (!answer.ok || !data) {
    throw new Error(
      'Google does not say whose the application default credentials are: log in with ' +
        '`gcloud auth application-default login --scopes=openid,https://www.googleapis.com/auth/userinfo.email,https://www.googleapis.com/auth/cloud-platform`, ' +
        'or set OPERATOR_ID_TOKEN',
    );
  }
  const { email } = data;
  const { users } = await auth.getUsers([{ email }]);
  const account = users[0] && { uid: users[0].uid, hasRole: actsAsOperator(users[0].customClaims) };
  return { name: email, email, ...account };
}

/** True when an account with these custom claims acts as an operator. */
export function actsAsOperator({ admin, operator }: Record<string, unknown> = {}): boolean {
  return admin === true || roleOfClaim(operator) === 'operator';
}

/** The name under which all grants of a person are counted, at the desk and by the command: of their account, if they have one. */
export const countedAs = ({ uid, name }: Operator) => `operator:${uid ?? name}`;

/** operatorOf with the OPERATOR_ID_TOKEN of this process, at a site. */
export function operatorAt({ auth, local }: Pick<Site, 'auth' | 'local'>): Promise<Operator> {
  return operatorOf({ idToken: process.env['OPERATOR_ID_TOKEN'], inProject: !local, auth });
}

/** True when the account is the operator's own. */
export function isOwnAccount(
  operator: Operator,
  account: { uid: string; email?: string | undefined },
): boolean {
  if (operator.uid === account.uid) return true;
  return operator.email !== undefined && operator.email.toLowerCase() === account.email?.toLowerCase();
}
