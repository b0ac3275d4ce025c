/** The note that one scan leaves for the next ones, and what of it an independent look may be told. */

import type { EstimationResult } from '@reddyfit/shared/scan/results';

/** A scan's numbers as text. Masses in lb. */
export function scanMemory(
  createdAt: string,
  weightLb: number,
  {
    bodyFatPercent,
    leanMassLb,
    fatMassLb,
  }: Pick<EstimationResult, 'bodyFatPercent' | 'leanMassLb' | 'fatMassLb'>,
): string {
  return (
    `On ${createdAt.slice(0, 10)}: body fat ${bodyFatPercent.toFixed(1)} %, ` +
    `lean mass ${leanMassLb.toFixed(1)} lb, fat mass ${fatMassLb.toFixed(1)} lb, weight ${weightLb} lb.`
  );
}

const NOTE = /^(On \d{4}-\d\d-\d\d: )body fat .*, (weight [\d.]+ lb\.)$/;

/**
 * Notes without what earlier scans made of the body: a model that is told it answers near it, and the same result would count once
 * more. Day and weight stay. A note of another form is left out when it speaks of per cent or of masses.
 */
export function withoutResults(memories: readonly string[]): string[] {
  return memories.flatMap((memory) => {
    const note = NOTE.exec(memory);
    if (note) return [`${note[1]}${note[2]}`];
    return /%|body fat|mass/i.test(memory) ? [] : [memory];
  });
}
