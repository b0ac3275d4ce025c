/** How the worker's values become what Temporal keeps: JSON, encrypted, with the texts of failures among it. */

import { extname, join } from 'node:path';
import { payloadCodec } from '@reddyfit/shared/temporal/payload-codec';
import type { PayloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import type { DataConverter } from '@temporalio/client';

/** The failure converter lies beside this file, as source and as built. */
export const FAILURE_CONVERTER_PATH = join(
  import.meta.dirname,
  `failure-converter${extname(import.meta.filename)}`,
);

/** For the worker and its clients. */
export function dataConverter({ keys, encrypts }: PayloadEncryption, namespace: string): DataConverter {
  return {
    failureConverterPath: FAILURE_CONVERTER_PATH,
    payloadCodecs: [payloadCodec({ namespace, keys, encrypts })],
  };
}
