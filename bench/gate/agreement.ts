/** Compares the verdicts of the server's gate and the browser's gate on the same good and spoilt photos. */

import { faultsSoFar } from '@reddyfit/shared/gate/faults';
import type { Looked } from '@reddyfit/shared/gate/arrange-photos';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import { DEFECTS, type DefectName, faultyPhoto } from '../../fixtures/bodies/defects.ts';
import { createPhotoExaminer } from '../../worker/src/body/vision/examiner-pool.ts';
import { photograph } from '../vision/conditions.ts';
import { type LookTimes, openBrowserGate } from './browser.ts';

/** Size of spoilt photos (px): small, since drawing a photo takes longer than examining it. */
const SIZE = { width: 900, height: 1200 } as const;

/** Other mannequins than those by which the gate was tuned. */
const FIRST_SEED = 7000;

interface Verdict extends LookTimes {
  readonly name: string;
  readonly server: string;
  /** Empty when the photo is accepted. */
  readonly browser: string;
}

export interface Agreement {
  readonly readyMs: number;
  readonly verdicts: readonly Verdict[];
}

/**
 * Shows both gates the photos of `seeds` mannequins: of each, four clean photos, four hand-held ones, and one with each
 * defect.
 */
export async function agreement(seeds: number, tell: (verdict: Verdict) => void): Promise<Agreement> {
  const [browser, server] = [await openBrowserGate(), createPhotoExaminer()];
  try {
    const verdicts: Verdict[] = [];
    for (let seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
      for await (const { name, angle, photo } of photosOf(seed)) {
        // One gate after the other, since a phone does not have to do the server's work as well.
        const { look, ...times } = await browser.look(angle, photo);
        const examined = await server.examine({ photo, angle, declaredType: 'image/jpeg', copy: false });
        const verdict = {
          name: `${seed} ${name} ${angle}`,
          server: codesOf(angle, examined),
          browser: look ? codesOf(angle, look) : 'no look',
          ...times,
        };
        tell(verdict);
        verdicts.push(verdict);
      }
    }
    return { readyMs: browser.readyMs, verdicts };
  } finally {
    await Promise.all([browser.close(), server.close()]);
  }
}

const codesOf = (angle: Angle, look: Looked) =>
  (faultsSoFar({ [angle]: look })[angle] ?? []).map(({ code }) => code).join();

async function* photosOf(seed: number): AsyncGenerator<{ name: string; angle: Angle; photo: Buffer }> {
  for (const condition of ['clean', 'hand-held'] as const) {
    const { photos } = await photograph(seed, condition);
    for (const angle of ANGLES) yield { name: condition, angle, photo: photos[angle] };
  }
  for (const name of Object.keys(DEFECTS) as DefectName[])
    yield { name, ...(await faultyPhoto(name, seed, SIZE)) };
}
