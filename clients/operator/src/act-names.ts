/**
 * The names (`actId`) of acts whose outcome the page does not know. An act that is asked for again keeps its name until its
 * outcome is known, so that it is done once whatever became of the first answer; from then on it gets a name of its own, and
 * is done anew.
 */

import { Refused } from './api.ts';

interface Named {
  actId: string;
  /** Whether an answer under this name was lost: the act may be done. */
  isLost: boolean;
}

/** True when an act that failed with `error` may have been done all the same. */
export const mayBeDone = (error: unknown) =>
  !(error instanceof Refused) || (error.status >= 500 && error.kind !== 'admission-paused');

export class ActNames {
  readonly #named = new Map<string, Named>();

  /** The name for the act that `what` describes: that of the same act whose outcome is not known, or a new one. */
  nameOf(what: string): string {
    const named = this.#named.get(what) ?? { actId: crypto.randomUUID(), isLost: false };
    this.#named.set(what, named);
    return named.actId;
  }

  /** The outcome of the act under this name is known. */
  isKnown(actId: string): void {
    for (const [what, named] of this.#named) if (named.actId === actId) this.#named.delete(what);
  }

  /**
   * The act under this name failed. True when its answer was lost. A refusal is an outcome, but it tells nothing of an earlier
   * request under the same name whose answer was lost.
   */
  hasFailed(actId: string, error: unknown): boolean {
    const named = [...this.#named.values()].find((one) => one.actId === actId);
    if (!named) return false;
    if (mayBeDone(error)) named.isLost = true;
    if (!named.isLost) this.isKnown(actId);
    return named.isLost;
  }

  /** The names of acts whose answers were lost. */
  get lost(): readonly string[] {
    return [...this.#named.values()].flatMap(({ actId, isLost }) => (isLost ? [actId] : []));
  }
}
