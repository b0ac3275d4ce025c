/** Waits until a server answers, or says why it will not. */

import { setTimeout as wait } from 'node:timers/promises';
import { logTail, type Child } from './child.ts';

/** How long a server may take (ms). Generous: it only bounds how long a stack that hangs is waited for. */
const DEADLINE_MS = 120_000;

/**
 * Calls `answers` until it is true. Throws with the child's log when the child ends first or nothing answers in time, the
 * signal's reason when aborted, and what `answers` throws.
 */
export async function untilReady(
  child: Child,
  answers: () => Promise<boolean>,
  stop: AbortSignal,
): Promise<void> {
  for (const deadline = Date.now() + DEADLINE_MS; ;) {
    stop.throwIfAborted();
    if (!child.running()) throw new Error(childEnded(child.name, await child.ended, child.log));
    if (await answers()) return;
    if (Date.now() > deadline) {
      throw new Error(`${child.name} does not answer after ${DEADLINE_MS / 1000} s:\n${logTail(child.log)}`);
    }
    await wait(50, undefined, { signal: stop });
  }
}

/** What to say of a child that ended by itself. */
export function childEnded(name: string, how: string, log: string): string {
  return `${name} ${how}. The end of its log (${log}):\n${logTail(log)}`;
}

/** True when a GET of the URL is answered with 2xx. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
