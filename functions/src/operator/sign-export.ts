/**
 * Signs a statement, so that everyone who has the public key can tell that nothing in it was changed: JWS (RFC 7515)
 * with EdDSA (RFC 8037).
 */

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { SignedStatement } from '@reddyfit/shared/operator/audits';

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The key in a text: Ed25519, PKCS #8 as DER in base64. Throws for any other text, without quoting it. */
export function signingKeyOf(text: string): KeyObject {
  const key = (() => {
    try {
      return createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
    } catch {
      return undefined;
    }
  })();
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new Error('OPERATOR_EXPORT_KEY must be an Ed25519 key, PKCS #8 as DER in base64');
}

/** The key's id: the first 16 characters of the SHA-256 of its public part (SPKI as DER), in base64url. */
export function keyIdOf(key: KeyObject): string {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(spki).digest('base64url').slice(0, 16);
}

/** The statement with its signature. The same statement and key give the same text. */
export function signStatement(statement: object, key: KeyObject): SignedStatement {
  const header = base64url({ alg: 'EdDSA', kid: keyIdOf(key) });
  const payload = base64url(statement);
  const signature = sign(null, Buffer.from(`${header}.${payload}`), key).toString('base64url');
  return { payload, protected: header, signature };
}
