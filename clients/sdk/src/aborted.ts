/** Whether work was told to stop, and by what: React Native's AbortSignal has neither `throwIfAborted` nor `reason`. */

import { ClosedError } from './client-error.ts';

/** What ended it. A phone does not keep the reason; here there is only one, that the app closed it. */
export function reasonOf(signal: AbortSignal): Error {
  return (signal.reason as Error | undefined) ?? new ClosedError();
}

/** Throws the signal's reason once it has been told to stop. */
export function unlessAborted(signal: AbortSignal): void {
  if (signal.aborted) throw reasonOf(signal);
}
