/** What a listener sees of a scan's document, and whether the document took it back. */

/** One state of the document. */
export interface Shown {
  /** 0–100. */
  readonly progress?: number;
  /** What has been shown of each step. */
  readonly results?: Readonly<Record<string, unknown>>;
}

/** Whether the progress fell, or a result was replaced or disappeared, anywhere in the states of one document in their order. */
export function wentBack(states: readonly Shown[]): boolean {
  return states.some((state, index) => {
    const before = states[index - 1];
    if (!before) return false;
    const isKept = ([step, result]: [string, unknown]) =>
      JSON.stringify(state.results?.[step]) === JSON.stringify(result);
    return (
      (state.progress ?? 0) < (before.progress ?? 0) || !Object.entries(before.results ?? {}).every(isKept)
    );
  });
}
