/** The cases of an evaluation, from a folder of folders. */

import { readdir, readFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { ANGLES } from '@reddyfit/shared/names/angles';
import sharp from 'sharp';
import { z } from 'zod';
import { preparePhoto } from '../../worker/src/body/photos/prepare.ts';
import type { PhotoDataUrls } from '../../worker/src/model/ask.ts';

const cm = z.number().positive();

/** case.json: the person in the photos, and what else is known. */
const caseFile = z.strictObject({
  sex: z.enum(['male', 'female']),
  ageYears: z.number().int().min(1).max(120),
  heightCm: z.number().min(50).max(260),
  weightLb: z.number().min(20).max(1000),
  /** Body fat (%) measured by a better method; the evaluation reports the model's error against it. */
  bodyFatPercent: z.number().min(2).max(70).optional(),
  /** Girths (cm). With them, the estimation is asked a second time, and the second question includes what they measure. */
  girthsCm: z.strictObject({ neck: cm, chest: cm, waist: cm, navel: cm, hip: cm }).optional(),
});

export interface EvalCase extends z.infer<typeof caseFile> {
  readonly name: string;
  /** The photos as a worker shows them to a model. */
  readonly photos: PhotoDataUrls;
}

/** All cases in `folder`, by name. Throws an error that names the file when one is missing or cannot be read. */
export async function readCases(folder: string): Promise<EvalCase[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new Error(`${folder} is no folder that can be read.`);
  });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (names.length === 0) throw new Error(`${folder} has no folder of a case in it.`);
  return Promise.all(names.toSorted().map((name) => readCase(join(folder, name), name)));
}

async function readCase(folder: string, name: string): Promise<EvalCase> {
  const file = join(folder, 'case.json');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} is missing.`);
  });
  const parsed = caseFile.safeParse(jsonOf(text, file));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const files = await readdir(folder);
  const photos = await Promise.all(
    ANGLES.map(async (angle) => {
      const photo = files.find((each) => parse(each).name === angle);
      if (!photo) throw new Error(`${folder} has no photo named ${angle}.`);
      return [angle, await shown(join(folder, photo))];
    }),
  );
  return { name, ...parsed.data, photos: Object.fromEntries(photos) as PhotoDataUrls };
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is no JSON.`);
  }
}

/** The photo as a worker shows it to a model. */
async function shown(path: string): Promise<string> {
  try {
    const upright = sharp(path).rotate().flatten({ background: 'white' }).toColourspace('srgb').raw();
    const { data, info } = await upright.toBuffer({ resolveWithObject: true });
    const jpeg = await preparePhoto({ data, width: info.width, height: info.height });
    return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
  } catch {
    throw new Error(`${path} could not be read as a photo.`);
  }
}
