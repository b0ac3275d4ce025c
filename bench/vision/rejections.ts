/** How soon a user hears that photos cannot be used: on the whole stack, at the pace of real models. */

import { setTimeout as wait } from 'node:timers/promises';
import { ANGLES } from '@reddyfit/shared/scan/photos';
import sharp from 'sharp';
import { signIn } from '@reddyfit/client/emulators';
import { followScan } from '../../clients/terminal/follow-scan.ts';
import { takePhotos } from '../../local/demo/photos.ts';
import { demoUser } from '../../fixtures/seed/people.ts';
import { type RunningStack, startStack } from '../../local/stack/start-stack.ts';

/** Longest silence of a scan (ms). */
const QUIET_MS = 60_000;

/** After a rejection (ms): credit, photos and push follow it, and users do not send scans back to back. */
const PAUSE_MS = 1500;

/** What is left of a photo's height: the feet are not. */
const LEFT = 0.7;

/** From the document's writing to `rejected` on a listener (s), of `runs` scans, one after another. Throws when one ends otherwise. */
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
