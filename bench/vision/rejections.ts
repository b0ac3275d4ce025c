/** How soon a user hears that photos are unusable: on the whole stack, at the pace of real models. */

import { setTimeout as wait } from 'node:timers/promises';
import { ANGLES } from '@reddyfit/shared/scan/photos';
import sharp from 'sharp';
import { signIn } from '@reddyfit/client/emulators';
import { followScan } from '../../clients/terminal/follow-scan.ts';
import { takePhotos } from '../../local/demo/photos.ts';
import { demoUser } from '../../fixtures/seed/people.ts';
import { type RunningStack, startStack } from '../../local/stack/start-stack.ts';

/** How long a scan may stay unchanged (ms). */
const QUIET_MS = 60_000;

/**
 * The pause after a rejection (ms): credit, photos and push are settled after it, and users do not send scans back to back.
 */
const PAUSE_MS = 1500;

/** The share of a photo's height that is kept, which does not include the feet. */
const LEFT = 0.7;

/**
 * Times from the write of the document to `rejected` on a listener (s), for `runs` scans one after another. Throws when a
 * scan ends in another way.
 */
export async function rejections(runs: number): Promise<number[]> {
  const stack = await startStack({ instance: 'bench', pace: 1, visualEstimate: 'model' });
  try {
    const died = stack.died.then((reason) => Promise.reject(reason));
    return await Promise.race([rejected(stack, runs), died]);
  } finally {
    await stack.stop();
  }
}

async function rejected({ addresses }: RunningStack, runs: number): Promise<number[]> {
  const photos = await takePhotos(undefined);
  for (const angle of ['front', 'left'] as const) photos[angle] = await withoutFeet(photos[angle]);
  const { client, close } = await signIn(addresses, demoUser);
  try {
    const seconds: number[] = [];
    for (let run = 0; run < runs; run++) {
      const handle = client.startScan({ photos, weight: { lb: demoUser.scans.at(-1)!.weightLb } });
      let begun = Number.NaN;
      handle.subscribe(() => {
        if (Number.isNaN(begun) && handle.getSnapshot().phase === 'submitting') begun = performance.now();
      });
      const { status, results } = await followScan(handle, { onChange: () => undefined, quietMs: QUIET_MS });
      seconds.push((performance.now() - begun) / 1000);
      const refused = ANGLES.filter((angle) => results?.qualityCheck?.photos[angle].accepted === false);
      if (status !== 'rejected' || refused.join() !== 'front,left')
        throw new Error(`a scan ended as ${status}, refused: ${refused.join() || 'nothing'}`);
      await wait(PAUSE_MS);
    }
    return seconds;
  } finally {
    await close();
  }
}

async function withoutFeet(photo: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(photo).metadata();
  return sharp(photo)
    .extract({ left: 0, top: 0, width, height: Math.round(height * LEFT) })
    .jpeg()
    .toBuffer();
}
