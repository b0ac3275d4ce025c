/** Shows spoilt photos to the gate. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import { DEFECTS, type DefectName, faultyPhoto } from '../../fixtures/bodies/defects.ts';
import { plainCamera, takePhotos } from '../../fixtures/bodies/photo.ts';
import { sampleScene } from '../../fixtures/bodies/scene.ts';
import type { Examination } from '../../worker/src/body/vision/examination.ts';
import { type Examiner, gate } from './gate.ts';

/** Size of these photos (px): small, since drawing a photo takes longer than examining it. */
const SIZE = { width: 900, height: 1200 } as const;

/** Other mannequins than those whose girths are measured. */
const FIRST_SEED = 5000;

export interface DefectResult {
  readonly name: DefectName;
  readonly seeds: number;
  /** How many faulty photos were refused for their fault. */
  caught: number;
  /** The other seeds, with what the gate said instead. */
  readonly missed: string[];
  /** How many seeds had a good photo refused, too. */
  alsoRefused: number;
}

/** For each seed and each defect, shows the gate four photos, one of which has the defect. */
export async function showDefects(examiner: Examiner, seeds: number): Promise<DefectResult[]> {
  const names = Object.keys(DEFECTS) as DefectName[];
  const results = names.map((name): DefectResult => ({ name, seeds, caught: 0, missed: [], alsoRefused: 0 }));
  for (let seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
    const { body, ...scene } = sampleScene(seed).scene;
    const good = await takePhotos({ body, ...scene }, () => plainCamera(body, SIZE));
    // The good photos are the same for every defect, so each is examined once.
    const remembering = remember(examiner);
    for (const result of results) {
      const { photo, angle } = await faultyPhoto(result.name, seed, SIZE);
      const issues = await gate(remembering, { ...good, [angle]: photo });
      const codes = issues[angle].map(({ code }) => code);
      if (codes.includes(DEFECTS[result.name].code)) result.caught++;
      else result.missed.push(`${seed} ${angle}: ${codes.join() || 'accepted'}`);
      if (ANGLES.some((other) => other !== angle && issues[other].length > 0)) result.alsoRefused++;
    }
  }
  return results;
}

/** An examiner that examines each photo only once. */
function remember(examiner: Examiner): Examiner {
  const seen = new Map<Uint8Array, Promise<Examination>>();
  return {
    examine(request) {
      const known = seen.get(request.photo) ?? examiner.examine(request);
      seen.set(request.photo, known);
      return known;
    },
  };
}
