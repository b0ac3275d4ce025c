/** What is wrong with a photo before anybody looks who is in it: its file, its size, its light and its sharpness, and what to do. */

import { MAX_PHOTO_BYTES } from '@reddyfit/shared/api/callables';
import type { Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoIssue, PhotoIssueCode } from '@reddyfit/shared/scan/results';
import type { PhotoFile } from './containers/container.ts';
import { FileFault } from './containers/file-fault.ts';
import { type PhotoKind, photoKind, readPhotoFile } from './containers/read-photo-file.ts';
import { decodePhoto, hasLargeTiles, mostPixels } from './decode.ts';
import type { Pixels } from './decode-tiles.ts';
import { measure, type Measures } from './measure.ts';
import { issueOf } from './photo-issue.ts';

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

/** Kinds that phones can send and that are not read, by the names that their settings give them. */
const UNREAD: Partial<Record<PhotoKind, string>> = { jxl: 'JPEG XL', dng: 'RAW (DNG)' };

/** Long edge of a decoded photo (px): of a 3:4 portrait that is about 8 px for a centimetre of body. */
const LONG_EDGE_PX = 1600;

/** A photo that can be looked at, or what is wrong with it: a sentence for the user that names it. */
export type Inspected =
  | { readonly pixels: Pixels; readonly file: PhotoFile; readonly issue?: undefined }
  | { readonly issue: PhotoIssue };

/**
 * Walks the file, decodes it once, and looks at light and sharpness. `declaredType` is the content type it was uploaded with, null where
 * nothing was said; `decoded` is called once there are pixels, or none. Never throws for what is in the file.
 */
export async function inspectPhoto(
  angle: Angle,
  bytes: Buffer,
  declaredType: string | null,
  decoded: () => void = () => undefined,
): Promise<Inspected> {
  const inspected = inspectFile(angle, bytes, declaredType);
  if ('issue' in inspected) return inspected;
  const { file } = inspected;
  const pixels = await decodePhoto(file, LONG_EDGE_PX).catch(() => null);
  decoded();
  if (!pixels) {
    return {
      issue: issueOf(angle, 'unreadable', 'is incomplete or damaged', 'Upload it again, or take it again.'),
    };
  }
  const issue = inspectPixels(angle, await measure(pixels));
  return issue ? { issue } : { pixels, file };
}

/** The file, walked and described, or what is wrong with it. Decodes nothing and never throws. */
function inspectFile(
  angle: Angle,
  bytes: Buffer,
  declaredType: string | null,
): { file: PhotoFile } | { issue: PhotoIssue } {
  const refused = (...said: [PhotoIssueCode, string, string, PhotoIssue['measured']?]) => ({
    issue: issueOf(angle, ...said),
  });
  if (bytes.length === 0) return refused('unreadable', 'arrived empty', 'Upload it again.');
  if (bytes.length > MAX_PHOTO_BYTES) {
    return refused('unreadable', `is larger than ${MAX_PHOTO_BYTES / 1024 ** 2} MiB`, 'Send a smaller one.');
  }
  const kind = photoKind(bytes);
  if (kind === 'jxl' || kind === 'dng' || kind === 'other') {
    const name = UNREAD[kind];
    const problem = name ? `is in the ${name} format` : 'is not a JPEG, PNG, WebP, HEIC or AVIF picture';
    return refused('unsupported_type', problem, 'Send it as a JPEG.');
  }
  // Nothing declared says nothing; a false declaration is a mistake in the app, or an attempt.
  if (declaredType?.startsWith('image/') && !isDeclared(declaredType, kind)) {
    return refused(
      'unsupported_type',
      `was sent as ${declaredType} but is image/${kind}`,
      'Update the app and send it again.',
    );
  }
  let file: PhotoFile;
  try {
    file = readPhotoFile(bytes, kind);
  } catch (error) {
    const reason = error instanceof FileFault ? error.reason : 'damaged';
    if (reason === 'animation') return refused('unsupported_type', 'is an animation', 'Take a still photo.');
    if (reason === 'unsupported')
      return refused('unsupported_type', 'is coded in a way that is not read here', 'Send it as a JPEG.');
    return refused('unreadable', 'is damaged and cannot be opened', 'Take it again.');
  }
  const { width, height } = uprightSize(file);
  const most = mostPixels(file);
  if (width * height > most || hasLargeTiles(file)) {
    return refused(
      'unreadable',
      `has more than ${Math.floor(most / 1e6)} megapixels`,
      'Take it again at a lower resolution.',
    );
  }
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (short < MIN_SIZE.short || long < MIN_SIZE.long) {
    return refused(
      'too_small',
      `is too small (${width} × ${height} pixels)`,
      `Take it again with at least ${MIN_SIZE.short} × ${MIN_SIZE.long} pixels.`,
      short < MIN_SIZE.short
        ? { value: short, limit: MIN_SIZE.short }
        : { value: long, limit: MIN_SIZE.long },
    );
  }
  return { file };
}

/** HEIC has a second name for the same file, which some phones write. */
function isDeclared(declaredType: string, kind: PhotoFile['format']): boolean {
  return declaredType === `image/${kind}` || (kind === 'heic' && declaredType === 'image/heif');
}

/** Size of the photo as it is seen (px). */
function uprightSize({ width, height, orientation }: PhotoFile) {
  return orientation > 4 ? { width: height, height: width } : { width, height };
}

/** What is wrong with its light or its sharpness, or null. */
function inspectPixels(angle: Angle, measures: Measures): PhotoIssue | null {
  const dark = tooDark(measures);
  if (dark) return issueOf(angle, 'too_dark', 'is too dark', 'Turn on a light and take it again.', dark);
  const bright = tooBright(measures);
  if (bright) {
    return issueOf(
      angle,
      'too_bright',
      'is too bright',
      'Move away from the light or the window and take it again.',
      bright,
    );
  }
  if (measures.sharpness < TOO_BLURRED) {
    return issueOf(
      angle,
      'blurred',
      'is blurred',
      'Wipe the lens, hold the phone still or put it down, and take it again.',
      { value: rounded(measures.sharpness), limit: TOO_BLURRED },
    );
  }
  return null;
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
