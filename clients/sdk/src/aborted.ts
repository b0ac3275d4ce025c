/**
 * Checks whether an AbortSignal was aborted, and why. React Native's AbortSignal has neither `throwIfAborted` nor
 * `reason`.
 */

import { ClosedError } from './client-error.ts';

/**
 * The signal's reason. React Native keeps none; the only possible reason there is that the app closed the handle, hence
 * ClosedError.
 */
export function reasonOf(signal: AbortSignal): Error {
  return (signal.reason as Error | undefined) ?? new ClosedError();
}

/** Throws the signal's reason if the signal is aborted. */
export function unlessAborted(signal: AbortSignal): void {
  if (signal.aborted) throw reasonOf(signal);
}
