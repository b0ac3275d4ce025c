/** What is wrong with a photo before anybody looks who is in it: its file, its size, its light and its sharpness. */

import { MAX_PHOTO_BYTES } from '@reddyfit/shared/scan/uploads';
import type { Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoIssue } from '@reddyfit/shared/scan/results';
import type { PhotoFile } from './containers/container.ts';
import { FileFault } from './containers/file-fault.ts';
import { type PhotoKind, photoKind, readPhotoFile } from './containers/read-photo-file.ts';
import { photoFault, type PhotoFault } from './fault.ts';
import { decodePhoto, hasLargeTiles, mostPixels } from './decode.ts';
import type { Pixels } from './decode-tiles.ts';
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

/** Kinds that phones can send and that are not read, by the names that their settings give them. */
const UNREAD: Partial<Record<PhotoKind, string>> = { jxl: 'JPEG XL', dng: 'RAW (DNG)' };

/** Long edge of a decoded photo (px): of a 3:4 portrait that is about 8 px for a centimetre of body. */
const LONG_EDGE_PX = 1600;

/** A photo that can be looked at, or what is wrong with it. */
export type Inspected =
  | { readonly pixels: Pixels; readonly file: PhotoFile; readonly issue?: undefined }
  | { readonly issue: PhotoFault };

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
    return { issue: photoFault('unreadable.incomplete', { angle }) };
  }
  const issue = inspectPixels(angle, await measure(pixels));
  return issue ? { issue } : { pixels, file };
}

/** The file, walked and described, or what is wrong with it. Decodes nothing and never throws. */
function inspectFile(
  angle: Angle,
  bytes: Buffer,
  declaredType: string | null,
): { file: PhotoFile } | { issue: PhotoFault } {
  const refused = (issue: PhotoFault) => ({ issue });
  if (bytes.length === 0) return refused(photoFault('unreadable.empty', { angle }));
  if (bytes.length > MAX_PHOTO_BYTES) {
    return refused(photoFault('unreadable.too_large', { angle, maxMiB: MAX_PHOTO_BYTES / 1024 ** 2 }));
  }
  const kind = photoKind(bytes);
  if (kind === 'jxl' || kind === 'dng' || kind === 'other') {
    const format = UNREAD[kind];
    return refused(
      format
        ? photoFault('unsupported_type.format', { angle, format })
        : photoFault('unsupported_type.other', { angle }),
    );
  }
  // Nothing declared says nothing; a false declaration is a mistake in the app, or an attempt.
  if (declaredType?.startsWith('image/') && !isDeclared(declaredType, kind)) {
    return refused(
      photoFault('unsupported_type.differs', { angle, declared: declaredType, found: `image/${kind}` }),
    );
  }
  let file: PhotoFile;
  try {
    file = readPhotoFile(bytes, kind);
  } catch (error) {
    const reason = error instanceof FileFault ? error.reason : 'damaged';
    if (reason === 'animation') return refused(photoFault('unsupported_type.animation', { angle }));
    if (reason === 'unsupported') return refused(photoFault('unsupported_type.coding', { angle }));
    return refused(photoFault('unreadable.damaged', { angle }));
  }
  const { width, height } = uprightSize(file);
  const most = mostPixels(file);
  if (width * height > most || hasLargeTiles(file)) {
    return refused(
      photoFault('unreadable.too_many_pixels', { angle, maxMegapixels: Math.floor(most / 1e6) }),
    );
  }
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (short < MIN_SIZE.short || long < MIN_SIZE.long) {
    return refused(
      photoFault(
        'too_small',
        { angle, width, height, minShort: MIN_SIZE.short, minLong: MIN_SIZE.long },
        short < MIN_SIZE.short
          ? { value: short, limit: MIN_SIZE.short }
          : { value: long, limit: MIN_SIZE.long },
      ),
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
function inspectPixels(angle: Angle, measures: Measures): PhotoFault | null {
  const dark = tooDark(measures);
  if (dark) return photoFault('too_dark', { angle }, dark);
  const bright = tooBright(measures);
  if (bright) return photoFault('too_bright', { angle }, bright);
  if (measures.sharpness < TOO_BLURRED) {
    return photoFault('blurred', { angle }, { value: rounded(measures.sharpness), limit: TOO_BLURRED });
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
