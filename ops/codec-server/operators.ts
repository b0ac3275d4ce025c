/** Who may look into payloads. */

import type { IncomingHttpHeaders } from 'node:http';
import { roleOfClaim } from '@reddyfit/shared/operator/roles';
import type { Auth } from 'firebase-admin/auth';

/** The uid of an admitted operator, or the HTTP status with which the request is refused. */
export type Admission = { uid: string } | { refused: 401 | 403 };

export type Admit = (headers: IncomingHttpHeaders) => Promise<Admission>;

/** Admits requests with a Firebase ID token whose account has the role `operator` and is neither disabled nor signed out. */
export function operatorsOf(auth: Auth): Admit {
  return async ({ authorization }) => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (!token) return { refused: 401 };
    try {
      const { uid } = await auth.verifyIdToken(token, true);
      // A token holds for an hour, also after its owner has lost the role.
      const { customClaims } = await auth.getUser(uid);
      return roleOfClaim(customClaims?.['operator']) === 'operator' ? { uid } : { refused: 403 };
    } catch {
      return { refused: 401 };
    }
  };
}

/**
 * Admits anyone on this machine, for a server that listens on loopback. Refuses a web page that makes its own name resolve to
 * this address (DNS rebinding).
 */
export const anyoneHere: Admit = async ({ host }) =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? '') ? { uid: 'local' } : { refused: 403 };
