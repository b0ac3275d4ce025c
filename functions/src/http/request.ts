/** A request as the Express app of the platform hands it on. */

import type { IncomingMessage } from 'node:http';
import type { ApiProblem } from './problems.ts';

export interface PlatformRequest extends IncomingMessage {
  /** The path as it was sent, not decoded, without the query. */
  path: string;
  /** The body's bytes, decompressed; absent when there is no body. */
  rawBody?: Buffer;
  /** Set when the platform could not read the body. */
  unreadable?: ApiProblem;
}
