/** Lets clients on this machine read the payloads of the local stack's workflows. */

import { payloadCodec } from '@reddyfit/shared/temporal/payload-codec';
import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { DEVELOPMENT_KEYS } from './development-key.ts';
import { TEMPORAL_NAMESPACE } from './parts/temporal.ts';

/** The codec of the stack. */
export const localCodec = payloadCodec({
  namespace: TEMPORAL_NAMESPACE,
  ...payloadEncryption.parse({ PAYLOAD_ENCRYPTION_KEYS: DEVELOPMENT_KEYS }),
});

/**
 * The data converter of clients that only read or start workflows. It needs no failure converter, since these clients
 * write no failure.
 */
export const localDataConverter = { payloadCodecs: [localCodec] };
