/** What the server's gate and the browser's say of the same photos, good ones and spoilt ones. */

import { faultsSoFar } from '@reddyfit/shared/gate/faults';
import type { Looked } from '@reddyfit/shared/gate/arrange-photos';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import { DEFECTS, type DefectName, faultyPhoto } from '../../fixtures/bodies/defects.ts';
import { createPhotoExaminer } from '../../worker/src/body/vision/examiner-pool.ts';
import { photograph } from '../vision/conditions.ts';
import { openBrowserGate } from './browser.ts';

/** Size of spoilt photos (px): drawing takes longer than looking. */
const SIZE = { width: 900, height: 1200 } as const;

/** Not the figures by which the gate was set. */
const FIRST_SEED = 7000;

interface Verdict {
  readonly name: string;
  readonly server: string;
  /** Empty when the photo is accepted. */
  readonly browser: string;
  /** From the bytes to the browser's answer (ms). */
  readonly ms: number;
}

export interface Agreement {
  readonly readyMs: number;
  readonly verdicts: readonly Verdict[];
}

/** By `seeds` mannequins: four clean photos, four by hand, and one with each defect. */
export async function agreement(seeds: number, tell: (verdict: Verdict) => void): Promise<Agreement> {
  const [browser, server] = [await openBrowserGate(), createPhotoExaminer()];
  try {
    const verdicts: Verdict[] = [];
    for (let seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
      for await (const { name, angle, photo } of photosOf(seed)) {
        // One after the other: a phone does not do the server's work beside its own.
        const { look, ms } = await browser.look(angle, photo);
        const examined = await server.examine({ photo, angle, declaredType: 'image/jpeg', copy: false });
        const verdict = {
          name: `${seed} ${name} ${angle}`,
          server: codesOf(angle, examined),
          browser: look ? codesOf(angle, look) : 'no look',
          ms,
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
