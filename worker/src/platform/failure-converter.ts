/**
 * Puts messages and stack traces of failures into payloads, which are encrypted. The SDK loads this file by its path,
 * also into the workflow bundle.
 */

import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
