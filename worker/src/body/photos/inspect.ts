/** Looks at the pixels of a photo before any model is asked, and finds what makes it useless. */

import { MAX_PHOTO_BYTES } from '@reddyfit/shared/api/callables';
import type { Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoIssue } from '@reddyfit/shared/scan/results';
import { MAX_PIXELS, openPhoto, readHeader } from './decode.ts';
import { photoFault, type PhotoFault } from './fault.ts';
import { photoFormat } from './format.ts';
import { measure, type Measures } from './measure.ts';

/** Least size (px), upright or lying: below it a waist is too few pixels wide to be judged. */
const MIN_SIZE = { short: 600, long: 800 } as const;

/** Darker than a person in a lamp-lit room at night, where outlines merge with the background (mean grey, 0–255). */
const TOO_DARK = 40;

/** Brighter than a pale person before a white wall (mean grey, 0–255). */
const TOO_BRIGHT = 245;

/** With more than this share of the middle black or white, there is no body left to see. */
const CLIPPED_SHARE = 0.9;

/**
 * Less sharp than this (see measure.ts) and only the outline of limbs is left. A clean edge measures 0.2; blurred by 2,
 * 4 and 6 px (standard deviation, in a photo of 1200×1600) 0.06, 0.013 and 0.006.
 */
const TOO_BLURRED = 0.012;

/**
 * Everything wrong with one photo, in the order to be told; empty when it can be shown to a model. `bytes` is null
 * when the photo is not there, `declaredType` the content type it was uploaded with. Never throws.
 */
export async function inspectPhoto(
  angle: Angle,
  bytes: Buffer | null,
  declaredType?: string | null,
): Promise<PhotoFault[]> {
  if (!bytes) return [photoFault('missing', { angle })];
  if (bytes.length === 0) return [photoFault('unreadable.empty', { angle })];
  if (bytes.length > MAX_PHOTO_BYTES) {
    return [photoFault('unreadable.too_large', { angle, maxMiB: MAX_PHOTO_BYTES / 1024 ** 2 })];
  }
  const format = photoFormat(bytes);
  if (format === 'heic') return [photoFault('unsupported_type.heic', { angle })];
  if (format === 'other') return [photoFault('unsupported_type.other', { angle })];

  // Nothing declared says nothing; a false declaration is a mistake in the app, or an attempt.
  if (declaredType?.startsWith('image/') && declaredType !== `image/${format}`) {
    return [
      photoFault('unsupported_type.differs', { angle, declared: declaredType, found: `image/${format}` }),
    ];
  }

  const header = await readHeader(bytes);
  if (!header) return [photoFault('unreadable.damaged', { angle })];
  if ((header.pages ?? 1) > 1) return [photoFault('unsupported_type.animation', { angle })];
  const { width, height } = header.autoOrient;
  if (width * height > MAX_PIXELS) {
    return [photoFault('unreadable.too_many_pixels', { angle, maxMegapixels: MAX_PIXELS / 1e6 })];
  }
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (short < MIN_SIZE.short || long < MIN_SIZE.long) {
    return [
      photoFault(
        'too_small',
        { angle, width, height, minShort: MIN_SIZE.short, minLong: MIN_SIZE.long },
        short < MIN_SIZE.short
          ? { value: short, limit: MIN_SIZE.short }
          : { value: long, limit: MIN_SIZE.long },
      ),
    ];
  }

  const measures = await measure(openPhoto(bytes)).catch(() => null);
  if (!measures) return [photoFault('unreadable.incomplete', { angle })];
  const dark = tooDark(measures);
  if (dark) return [photoFault('too_dark', { angle }, dark)];
  const bright = tooBright(measures);
  if (bright) return [photoFault('too_bright', { angle }, bright)];
  if (measures.sharpness < TOO_BLURRED) {
    return [photoFault('blurred', { angle }, { value: rounded(measures.sharpness), limit: TOO_BLURRED })];
  }
  return [];
}

type Missed = NonNullable<PhotoIssue['measured']>;

/** The limit that a dark photo misses: of its brightness, or of the share of black. */
function tooDark({ brightness, blackShare }: Measures): Missed | null {
  if (brightness < TOO_DARK) return { value: rounded(brightness), limit: TOO_DARK };
  return clipped(blackShare);
}

/** The same of a bright one, and of white. */
function tooBright({ brightness, whiteShare }: Measures): Missed | null {
  if (brightness > TOO_BRIGHT) return { value: rounded(brightness), limit: TOO_BRIGHT };
  return clipped(whiteShare);
}

const clipped = (share: number): Missed | null =>
  share > CLIPPED_SHARE ? { value: rounded(share), limit: CLIPPED_SHARE } : null;

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
