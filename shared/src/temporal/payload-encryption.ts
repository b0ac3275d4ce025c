/**
 * How Temporal's payloads are encrypted: the environment variables that functions, worker and codec server share, checked
 * together.
 */

import { z } from 'zod';
import { fromBase64, type PayloadKey } from './payload-codec.ts';
import { DEFAULT_TEMPORAL_ADDRESS, isLoopback } from './settings.ts';

/** The key of the local stack. It is public, so it is refused wherever Temporal is not on this machine's loopback. */
export const DEVELOPMENT_KEY_ID = 'development';

const KEY_BYTES = 32;

/** An empty variable counts as unset. */
const variable = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const keyring = z.string().transform((list, context): PayloadKey[] =>
  list.split(',').map((entry, index) => {
    const [id, base64, ...rest] = entry.trim().split(':');
    const bytes = bytesOf(base64);
    if (!id || !/^[A-Za-z0-9._-]{1,64}$/.test(id) || rest.length > 0 || bytes?.length !== KEY_BYTES) {
      context.addIssue(
        `entry ${index + 1} must be id:key, the id of letters, digits, . _ or -, the key ${KEY_BYTES} bytes in base64`,
      );
    }
    return { id: id ?? '', bytes: bytes ?? new Uint8Array() };
  }),
);

/**
 * PAYLOAD_ENCRYPTION_KEYS: `id1:base64key,id2:base64key`. The first key encrypts, all of them decrypt. PAYLOAD_ENCRYPTION:
 * `off` stops encrypting, and is the only way to do without keys where Temporal is not on loopback. TEMPORAL_ADDRESS tells
 * whether it is.
 */
export const payloadEncryption = z
  .object({
    PAYLOAD_ENCRYPTION: variable(z.enum(['on', 'off'], 'must be on or off')),
    PAYLOAD_ENCRYPTION_KEYS: variable(keyring),
    TEMPORAL_ADDRESS: variable(z.string()),
  })
  .superRefine((settings, context) => {
    const { PAYLOAD_ENCRYPTION: mode, PAYLOAD_ENCRYPTION_KEYS: keys = [] } = settings;
    const problem = (message: string) =>
      context.addIssue({ code: 'custom', path: ['PAYLOAD_ENCRYPTION_KEYS'], message });
    const ids = keys.map(({ id }) => id);
    if (new Set(ids).size < ids.length) problem('has two keys of one id');
    const near = isLoopback(settings.TEMPORAL_ADDRESS ?? DEFAULT_TEMPORAL_ADDRESS);
    if (mode === 'on' && keys.length === 0) problem('is required by PAYLOAD_ENCRYPTION=on');
    if (mode === undefined && keys.length === 0 && !near) {
      problem('is required where Temporal is not on loopback; PAYLOAD_ENCRYPTION=off does without');
    }
    if (ids.includes(DEVELOPMENT_KEY_ID) && !near) {
      problem(`holds the public key "${DEVELOPMENT_KEY_ID}", which is for a Temporal on loopback only`);
    }
  })
  .transform(({ PAYLOAD_ENCRYPTION: mode, PAYLOAD_ENCRYPTION_KEYS: keys = [] }) => ({
    keys,
    encrypts: mode !== 'off' && keys.length > 0,
  }));
export type PayloadEncryption = z.infer<typeof payloadEncryption>;

function bytesOf(base64: string | undefined): Uint8Array<ArrayBuffer> | null {
  try {
    return fromBase64(base64 ?? '');
  } catch {
    return null;
  }
}
