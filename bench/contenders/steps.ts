/**
 * What a step of the seed does, the same for every engine: asks the model, then writes the scan's document. Loaded into the
 * engines' workers, which find the addresses in their environment.
 */

import type { StepName } from '@reddyfit/shared/scan/steps';
import { paths } from '@reddyfit/shared/names/paths';
import { initializeApp } from 'firebase-admin/app';
import { FieldValue, getFirestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { ORDER } from './order.ts';

/** The addresses that a worker is started with; FIRESTORE_EMULATOR_HOST is read by Google's own client. */
const { MODEL_URL, GOOGLE_CLOUD_PROJECT } = z
  .object({ MODEL_URL: z.url(), GOOGLE_CLOUD_PROJECT: z.string() })
  .parse(process.env);

const db = getFirestore(initializeApp({ projectId: GOOGLE_CLOUD_PROJECT }));

/** What the model says of a step. `call` counts its answers, so that two answers to one question differ. */
const answer = z.object({ call: z.number(), text: z.string() });
type Answer = z.infer<typeof answer>;

/** Runs one step of a scan. A second call asks the model again, and replaces what the first one wrote. */
export async function runStep(scanId: string, step: StepName): Promise<Answer> {
  const response = await fetch(MODEL_URL, { method: 'POST', body: JSON.stringify({ scanId, step }) });
  if (!response.ok) throw new Error(`the model answered ${response.status}`);
  const said = answer.parse(await response.json());
  const place = ORDER.indexOf(step) + 1;
  await db.doc(paths.scan(scanId)).update({
    [`results.${step}`]: said,
    status: place === ORDER.length ? 'completed' : 'processing',
    progress: Math.round((100 * place) / ORDER.length),
    updatedAt: FieldValue.serverTimestamp(),
  });
  return said;
}
