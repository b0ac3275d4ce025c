/** The one Temporal client of an instance. */

import { CallError } from './call-error.ts';
import { config } from './config.ts';
import { type TemporalClient, temporalClient } from './temporal-client.ts';

let client: TemporalClient | undefined;

/** Made on first use, so that listing the functions opens nothing. */
export function temporal(): TemporalClient {
  client ??= temporalClient(config().temporal, config().encryption);
  return client;
}

/** Runs what a callable asks of Temporal; what goes wrong there is an UnavailableError, since Temporal's answers are values. */
export async function orUnavailable<Result>(asking: Promise<Result>): Promise<Result> {
  try {
    return await asking;
  } catch (cause) {
    if (cause instanceof CallError) throw cause;
    throw new CallError('UnavailableError', { cause });
  }
}
