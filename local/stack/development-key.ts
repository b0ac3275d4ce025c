/** The key that encrypts payloads in the local stack. It is public: good for seeing that nothing is readable, for no secret. */

import { DEVELOPMENT_KEY_ID } from '@reddyfit/shared/temporal/payload-encryption';

/** 32 bytes that say what they are. */
const KEY = Buffer.from('reddyfit local stack, no secret!');

/** PAYLOAD_ENCRYPTION_KEYS of every process of the stack, and of tests that read its workflows. */
export const DEVELOPMENT_KEYS = `${DEVELOPMENT_KEY_ID}:${KEY.toString('base64')}`;
