/** A request and an answer of the API, free of the web server that carries them. */

import type { ApiProblem } from './problems.ts';

export interface ApiRequest {
  method: string;
  /** Path without query, as it was sent: not decoded. */
  path: string;
  /** Header fields by their name in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Empty when there is none. */
  body: Buffer;
  /** Set when the platform could not read the body. */
  unreadable?: ApiProblem | undefined;
}

export interface ApiAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body: unknown;
}
