/** Follows one scan's document on a listener, as a phone does. */

import type { DocumentReference } from 'firebase-admin/firestore';
import { within } from '../cost/deadline.ts';
import type { Shown } from './shown.ts';

/** The fields that all contenders write. */
export interface Document extends Shown {
  readonly status: string;
}

export interface Watch {
  /** Resolves when the listener sees a state that `fits`, with the time (ms of `performance.now()`). Rejects when none comes. */
  until(fits: (document: Document) => boolean): Promise<number>;
  /** Every state so far, in their order. */
  readonly states: readonly Document[];
  stop(): void;
}

/** How long a scan may take (ms): on a full machine, and after a kill that is noticed only by a step's five minutes. */
const SCAN_MS = 480_000;

export const isCompleted = ({ status }: Document) => status === 'completed';

/** Statuses after which nothing more comes. */
const LOST = ['failed', 'rejected', 'canceled'];

/** Resolves once the listener listens. A state that says that the scan is lost makes all waits fail. */
export async function watch(document: DocumentReference): Promise<Watch> {
  const states: Document[] = [];
  const waiting = new Set<{
    fits: (document: Document) => boolean;
    resolve: (at: number) => void;
    reject: (why: unknown) => void;
  }>();
  const listening = Promise.withResolvers<void>();
  const fail = (why: unknown) => {
    listening.reject(why);
    for (const one of waiting) one.reject(why);
  };
  const stop = document.onSnapshot((snapshot) => {
    listening.resolve();
    const state = snapshot.data() as Document | undefined;
    if (!state) return;
    states.push(state);
    if (LOST.includes(state.status)) fail(new Error(`scan ${document.id} ended as ${state.status}`));
    for (const one of waiting) {
      if (!one.fits(state)) continue;
      waiting.delete(one);
      one.resolve(performance.now());
    }
  }, fail);
  await listening.promise;
  return {
    states,
    until(fits) {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      waiting.add({ fits, resolve, reject });
      return within(`scan ${document.id}, whose document says ${states.at(-1)?.status}`, SCAN_MS, promise);
    },
    stop,
  };
}
