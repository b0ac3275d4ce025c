/** How the worker's values are stored in Temporal: as encrypted JSON, the messages of failures included. */

import { extname, join } from 'node:path';
import { payloadCodec } from '@reddyfit/shared/temporal/payload-codec';
import type { PayloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import type { DataConverter } from '@temporalio/client';

/** Path of the failure converter, which is beside this file both as source and as built. */
export const FAILURE_CONVERTER_PATH = join(
  import.meta.dirname,
  `failure-converter${extname(import.meta.filename)}`,
);

/** The data converter for the worker and its clients. */
export function dataConverter({ keys, encrypts }: PayloadEncryption, namespace: string): DataConverter {
  return {
    failureConverterPath: FAILURE_CONVERTER_PATH,
    payloadCodecs: [payloadCodec({ namespace, keys, encrypts })],
  };
}
