/**
 * The key that encrypts payloads in the local stack. The key is public: it shows that payloads are unreadable without it,
 * and protects no secret.
 */

import { DEVELOPMENT_KEY_ID } from '@reddyfit/shared/temporal/payload-encryption';

/** The 32 bytes are a text which says that they are no secret. */
const KEY = Buffer.from('reddyfit local stack, no secret!');

/** PAYLOAD_ENCRYPTION_KEYS of every process of the stack, and of tests that read its workflows. */
export const DEVELOPMENT_KEYS = `${DEVELOPMENT_KEY_ID}:${KEY.toString('base64')}`;

/**
 * OPERATOR_EXPORT_KEY of the stack: an Ed25519 key (PKCS #8 as DER in base64) of the same 32 bytes. This key is public,
 * too.
 */
export const DEVELOPMENT_EXPORT_KEY = Buffer.concat([
  Buffer.from('302e020100300506032b657004220420', 'hex'),
  KEY,
]).toString('base64');
