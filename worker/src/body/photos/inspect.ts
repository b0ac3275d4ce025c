/** Finds the faults of a photo that need no look for people: of its file, its size, its light and its sharpness. */

import { lightFault } from '@reddyfit/shared/gate/light';
import { LONG_EDGE_PX, sizeFault } from '@reddyfit/shared/gate/size';
import { MAX_PHOTO_BYTES } from '@reddyfit/shared/scan/uploads';
import type { Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoFile } from './containers/container.ts';
import { FileFault } from './containers/file-fault.ts';
import { type PhotoKind, photoKind, readPhotoFile } from './containers/read-photo-file.ts';
import { photoFault, type PhotoFault } from '@reddyfit/shared/gate/photo-fault';
import { decodePhoto, hasLargeTiles, mostPixels } from './decode.ts';
import type { Pixels } from './decode-tiles.ts';
import { greyOf } from './grey.ts';
import { releasePixels } from './release-pixels.ts';

/** Kinds of file that phones can send but that are not read → the names that phones' settings give them. */
const UNREAD: Partial<Record<PhotoKind, string>> = { jxl: 'JPEG XL', dng: 'RAW (DNG)' };

/** The decoded photo, or the first fault that was found. */
export type Inspected =
  | { readonly pixels: Pixels; readonly file: PhotoFile; readonly issue?: undefined }
  | { readonly issue: PhotoFault };

/**
 * Reads the file, decodes it once, and judges light and sharpness. `declaredType` is the content type of the upload, null
 * when there was none. `decoded` is called when decoding has ended, also when it failed. Never throws for the content of the
 * file.
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
  const issue = lightFault(angle, await greyOf(pixels));
  if (!issue) return { pixels, file };
  releasePixels(pixels.data);
  return { issue };
}

/** The contents of the file, or its first fault. Decodes nothing and never throws. */
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
  // A missing declaration is accepted. A false one is a mistake in the app, or an attempted attack.
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
  const small = sizeFault(angle, { width, height });
  if (small) return refused(small);
  return { file };
}

/** True when the declared type names this kind. For HEIC some phones declare the second name, image/heif. */
function isDeclared(declaredType: string, kind: PhotoFile['format']): boolean {
  return declaredType === `image/${kind}` || (kind === 'heic' && declaredType === 'image/heif');
}

/** The size of the upright photo (px). */
function uprightSize({ width, height, orientation }: PhotoFile) {
  return orientation > 4 ? { width: height, height: width } : { width, height };
}
