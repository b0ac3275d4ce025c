/** Looks at the pixels of a photo before any model is asked: finds what makes it useless, and says what to do. */

import { MAX_PHOTO_BYTES } from '@reddyfit/shared/api/callables';
import type { Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoIssue, PhotoIssueCode } from '@reddyfit/shared/scan/results';
import { MAX_PIXELS, openPhoto, readHeader } from './decode.ts';
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
 * when the photo is not there, `declaredType` the content type it was uploaded with. Messages are sentences for the user
 * that name the photo. Never throws.
 */
export async function inspectPhoto(
  angle: Angle,
  bytes: Buffer | null,
  declaredType?: string | null,
): Promise<PhotoIssue[]> {
  const issue = (
    code: PhotoIssueCode,
    problem: string,
    remedy: string,
    measured?: PhotoIssue['measured'],
  ): PhotoIssue[] => [
    { code, message: `The ${angle} photo ${problem}. ${remedy}`, ...(measured && { measured }) },
  ];
  if (!bytes) return issue('missing', 'is missing', 'Take it and start a new scan.');
  if (bytes.length === 0) return issue('unreadable', 'arrived empty', 'Upload it again.');
  if (bytes.length > MAX_PHOTO_BYTES) {
    return issue('unreadable', `is larger than ${MAX_PHOTO_BYTES / 1024 ** 2} MiB`, 'Send a smaller one.');
  }
  const format = photoFormat(bytes);
  if (format === 'heic') {
    return issue(
      'unsupported_type',
      'is in the HEIC format',
      'Set the camera to "Most Compatible" or send it as a JPEG.',
    );
  }
  if (format === 'other')
    return issue('unsupported_type', 'is not a JPEG, PNG or WebP picture', 'Send it as a JPEG.');

  // Nothing declared says nothing; a false declaration is a mistake in the app, or an attempt.
  if (declaredType?.startsWith('image/') && declaredType !== `image/${format}`) {
    return issue(
      'unsupported_type',
      `was sent as ${declaredType} but is image/${format}`,
      'Update the app and send it again.',
    );
  }

  const header = await readHeader(bytes);
  if (!header) return issue('unreadable', 'is damaged and cannot be opened', 'Take it again.');
  if ((header.pages ?? 1) > 1) {
    return issue('unsupported_type', 'is an animation', 'Take a still photo.');
  }
  const { width, height } = header.autoOrient;
  if (width * height > MAX_PIXELS) {
    return issue(
      'unreadable',
      `has more than ${MAX_PIXELS / 1e6} megapixels`,
      'Take it again at a lower resolution.',
    );
  }
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (short < MIN_SIZE.short || long < MIN_SIZE.long) {
    return issue(
      'too_small',
      `is too small (${width} × ${height} pixels)`,
      `Take it again with at least ${MIN_SIZE.short} × ${MIN_SIZE.long} pixels.`,
      short < MIN_SIZE.short
        ? { value: short, limit: MIN_SIZE.short }
        : { value: long, limit: MIN_SIZE.long },
    );
  }

  const measures = await measure(openPhoto(bytes)).catch(() => null);
  if (!measures) return issue('unreadable', 'is incomplete or damaged', 'Upload it again, or take it again.');
  const dark = tooDark(measures);
  if (dark) return issue('too_dark', 'is too dark', 'Turn on a light and take it again.', dark);
  const bright = tooBright(measures);
  if (bright) {
    return issue(
      'too_bright',
      'is too bright',
      'Move away from the light or the window and take it again.',
      bright,
    );
  }
  if (measures.sharpness < TOO_BLURRED) {
    return issue(
      'blurred',
      'is blurred',
      'Wipe the lens, hold the phone still or put it down, and take it again.',
      { value: rounded(measures.sharpness), limit: TOO_BLURRED },
    );
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
