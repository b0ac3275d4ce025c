/** Makes one account for each role at the operator's desk of this machine. No deployment does this. */

import { OPERATOR_ROLES } from '@reddyfit/shared/operator/roles';
import type { StackFile } from './stack-file.ts';

/** The password of all these accounts. It protects nothing: a stack serves the desk on loopback only. */
const PASSWORD = 'demo-password';

/**
 * Creates `viewer@`, `operator@` and `auditor@reddyfit.example`. A second call keeps the accounts and sets their roles
 * again. Throws when Auth refuses for any other reason than that an account exists.
 */
export async function seatOperators({
  auth,
  projectId,
}: Pick<StackFile, 'auth' | 'projectId'>): Promise<void> {
  const accounts = `http://${auth}/identitytoolkit.googleapis.com/v1/projects/${projectId}/accounts`;
  const post = async (url: string, body: object) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer owner' },
      body: JSON.stringify(body),
    });
    return { ok: answer.ok, text: await answer.text() };
  };
  for (const role of OPERATOR_ROLES) {
    const localId = `desk-${role}`;
    const made = await post(accounts, {
      localId,
      email: `${role}@reddyfit.example`,
      emailVerified: true,
      password: PASSWORD,
    });
    if (!made.ok && !/EXISTS|DUPLICATE/.test(made.text)) throw new Error(`${localId}: ${made.text}`);
    const customAttributes = JSON.stringify({ operator: role });
    const given = await post(`${accounts}:update`, { localId, customAttributes });
    if (!given.ok) throw new Error(`${localId}: ${given.text}`);
  }
}
