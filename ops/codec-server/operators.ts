/** Who may look into payloads. */

import type { IncomingHttpHeaders } from 'node:http';
import { roleOfClaim } from '@reddyfit/shared/operator/roles';
import type { Auth } from 'firebase-admin/auth';

/** An operator, or why the request is refused (HTTP status). */
export type Admission = { uid: string } | { refused: 401 | 403 };

export type Admit = (headers: IncomingHttpHeaders) => Promise<Admission>;

/** Whoever brings a Firebase ID token with the role of an operator, for an account that is neither disabled nor signed out. */
export function operatorsOf(auth: Auth): Admit {
  return async ({ authorization }) => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (!token) return { refused: 401 };
    try {
      const claims = await auth.verifyIdToken(token, true);
      return roleOfClaim(claims['operator']) === 'operator' ? { uid: claims.uid } : { refused: 403 };
    } catch {
      return { refused: 401 };
    }
  };
}

/** Anyone on this machine, for a server that listens on loopback: also not a web page that has its name lead here. */
export const anyoneHere: Admit = async ({ host }) =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? '') ? { uid: 'local' } : { refused: 403 };
