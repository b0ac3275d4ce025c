/** Handles Ctrl-C and SIGTERM: the first signal ends the stack in order, a second one ends it at once. */

import { constants } from 'node:os';
import { markedProcesses, signal as send } from '../processes/marked.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * npm forwards a signal that the terminal has already sent to every process, so a signal within this time (ms) of the
 * first is the same one.
 */
const SAME_SIGNAL_MS = 500;

export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** 128 + the signal's number, as shells count. */
  exitCode(): number;
  /** Restores the signals' default handling. */
  dispose(): void;
}

/** Listens for signals. `dir` is the folder of the instance whose processes a second signal kills. */
export function interruption(dir: string, onFirst: () => void): Interruption {
  const controller = new AbortController();
  let first: { name: (typeof SIGNALS)[number]; at: number } | undefined;

  const onSignal = (name: NodeJS.Signals) => {
    if (first === undefined) {
      first = { name: name as (typeof SIGNALS)[number], at: Date.now() };
      onFirst();
      controller.abort(new Error(`ended by ${name}`));
      return;
    }
    if (Date.now() - first.at < SAME_SIGNAL_MS) return;
    for (const { pid } of markedProcesses(dir)) send(pid, 'SIGKILL');
    process.exit(130);
  };
  for (const name of SIGNALS) process.on(name, onSignal);

  return {
    signal: controller.signal,
    exitCode: () => 128 + constants.signals[first?.name ?? 'SIGINT'],
    dispose: () => SIGNALS.forEach((name) => process.off(name, onSignal)),
  };
}
