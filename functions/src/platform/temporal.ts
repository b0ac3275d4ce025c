/** The one Temporal client of an instance. */

import { CallError } from './call-error.ts';
import { config } from './config.ts';
import { type TemporalClient, temporalClient } from './temporal-client.ts';

let client: TemporalClient | undefined;

/** The client is made on first use, so that listing the functions opens nothing. */
export function temporal(): TemporalClient {
  client ??= temporalClient(config().temporal, config().encryption);
  return client;
}

/**
 * Awaits what a callable asks of Temporal. Every error but a CallError becomes an UnavailableError: `asking` resolves with each
 * answer that Temporal may give, so an error means that Temporal gave none.
 */
export async function orUnavailable<Result>(asking: Promise<Result>): Promise<Result> {
  try {
    return await asking;
  } catch (cause) {
    if (cause instanceof CallError) throw cause;
    throw new CallError('UnavailableError', { cause });
  }
}
