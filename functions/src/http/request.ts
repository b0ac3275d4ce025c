/** A request as the Express app of the platform hands it on. */

import type { IncomingMessage } from 'node:http';
import type { ApiProblem } from './problems.ts';

export interface PlatformRequest extends IncomingMessage {
  /** Without query, as it was sent: not decoded. */
  path: string;
  /** The body as it came, decompressed; absent when there is none. */
  rawBody?: Buffer;
  /** Set when the platform could not read the body. */
  unreadable?: ApiProblem;
}
