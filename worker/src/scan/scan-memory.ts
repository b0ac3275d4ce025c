/** The note that a scan leaves for later scans, and the parts of it that an independent estimate may be told. */

import type { EstimationResult } from '@reddyfit/shared/scan/results';

/** The numbers of a scan as text. Masses are in lb. */
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
 * Removes from notes the results of earlier scans, and keeps day and weight. A model that is told an earlier result
 * answers near it, so the same result would count twice. A note of another form is left out when it mentions percent,
 * body fat or mass.
 */
export function withoutResults(memories: readonly string[]): string[] {
  return memories.flatMap((memory) => {
    const note = NOTE.exec(memory);
    if (note) return [`${note[1]}${note[2]}`];
    return /%|body fat|mass/i.test(memory) ? [] : [memory];
  });
}
