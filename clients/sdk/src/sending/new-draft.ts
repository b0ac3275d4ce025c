/** Makes a draft of four photos and a weight, or rejects invalid ones before a byte leaves the device. */

import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import type { WaivableIssue } from '@reddyfit/shared/scan/results';
import {
  type CameraElevationAngles,
  ELEVATION_DEGREES,
  WEIGHT_KG,
  WEIGHT_LB,
  weightBounds,
} from '@reddyfit/shared/scan/document';
import { MAX_PHOTO_BYTES } from '@reddyfit/shared/scan/uploads';
import { unlessAborted } from '../aborted.ts';
import { clientError } from '../client-error.ts';
import type { Draft, Drafts, DraftPhoto, Weight } from './drafts.ts';
import { photoTypeOf, sha256Of } from './photo-bytes.ts';
import type { PhotoInput, PreparePhoto } from './prepare-photo.ts';

interface Measured {
  /** Body weight in lb (20 to 1000) or kg (10 to 450), as it was measured. */
  readonly weight: Weight;
  /** The issues that `results.qualityCheck.offer` named, once the user has agreed to do without them. */
  readonly without?: readonly WaivableIssue[];
  /**
   * How far above the horizon the camera looked when it took each of `photos` (degrees, −90 to 90; below the horizon is negative),
   * by the sensor of the device that took it: see cameraElevation. Leave out a photo of which that is not known.
   */
  readonly cameraElevationAngles?: Readonly<Partial<Record<Angle, number | undefined>>>;
}

/** A scan with all four photos: JPEG, HEIC, HEIF, AVIF, PNG or WebP of at most 15 MiB once prepared. */
interface Photographed extends Measured {
  readonly photos: Readonly<Record<Angle, PhotoInput>>;
}

/**
 * A scan with only the photos that were taken again. The others are those that the device keeps of the scan `retakeOf`.
 */
interface Retaken extends Measured {
  readonly photos: Readonly<Partial<Record<Angle, PhotoInput>>>;
  readonly retakeOf: string;
}

/** What startScan takes: a scan with all four photos, or one that goes with photos kept of a scan before. */
export type ScanRequest = Photographed | Retaken;

export interface NewDraft {
  readonly uid: string;
  readonly id: string;
  readonly now: number;
  readonly locale: string;
  readonly drafts: Drafts;
  readonly preparePhoto: PreparePhoto;
  readonly signal: AbortSignal;
}

/**
 * Reads the photos, prepares them one after another and stores them as a draft. Rejects with ReddyFitError:
 * InvalidScanError (`field`: `weight`, `photos.<angle>`, `cameraElevationAngles.<angle>`, or `retakeOf` where no photos of that scan are kept), or
 * InvalidImageError for a photo that is empty, of an unknown type or too large.
 */
export async function newDraft(request: ScanRequest, settings: NewDraft): Promise<Draft> {
  const { weight, without } = request;
  // In JavaScript an app may leave out anything.
  const photos: Partial<Record<Angle, PhotoInput>> = request.photos ?? {};
  const { uid, id, now, locale, drafts, preparePhoto, signal } = settings;
  refuseWeight(weight, locale);
  refuseElevations(request.cameraElevationAngles, locale);
  const retakeOf = 'retakeOf' in request ? request.retakeOf : undefined;
  const kept = retakeOf === undefined ? null : await drafts.sent(uid, retakeOf);
  const missing = ANGLES.find((angle) => !isPhoto(photos[angle]) && !(kept && photos[angle] === undefined));
  if (missing) {
    if (retakeOf !== undefined && !kept) {
      throw clientError('errors', 'InvalidScanError.not_kept', { locale, field: 'retakeOf' });
    }
    const field = `photos.${missing}`;
    throw clientError('errors', 'InvalidScanError.field', { locale, params: { field }, field });
  }
  // All photos are read at once and before anything else: a browser's File may no longer be readable after a pause.
  const given = await Promise.all(
    ANGLES.flatMap((angle) => {
      const photo = photos[angle];
      return photo ? [(async () => [angle, await bytesOf(photo)] as const)()] : [];
    }),
  );
  const prepared = {} as Record<Angle, Uint8Array>;
  const told = {} as Record<Angle, DraftPhoto>;
  for (const [angle, bytes] of given) {
    const field = `photos.${angle}`;
    const refused = (code: 'unreadable.empty' | 'unsupported_type.other') =>
      clientError('photos', code, { locale, params: { angle }, field });
    if (bytes.length === 0) throw refused('unreadable.empty');
    const ready = await preparePhoto(bytes);
    unlessAborted(signal);
    const contentType = photoTypeOf(ready);
    if (contentType === null) throw refused('unsupported_type.other');
    if (ready.length > MAX_PHOTO_BYTES) {
      const params = { angle, maxMiB: MAX_PHOTO_BYTES / 1024 ** 2 };
      throw clientError('photos', 'unreadable.too_large', { locale, params, field });
    }
    prepared[angle] = ready;
    told[angle] = { bytes: ready.length, sha256: sha256Of(ready), contentType, arrived: false };
  }
  if (kept) {
    // The kept photos were prepared when they were sent the first time.
    for (const angle of ANGLES.filter((each) => !photos[each])) {
      prepared[angle] = await drafts.photo(kept.id, angle);
      told[angle] = { ...kept.photos[angle], arrived: false };
    }
  }
  const elevations = elevationsOf(photos, request.cameraElevationAngles, kept?.cameraElevationAngles);
  const draft: Draft = {
    id,
    uid,
    startedAt: now,
    weight,
    photos: told,
    upload: null,
    ...(without && { without }),
    ...(Object.keys(elevations).length > 0 && { cameraElevationAngles: elevations }),
  };
  await drafts.add(draft, prepared);
  if (kept) await drafts.remove(kept.id);
  return draft;
}

/**
 * `weight` is what the app gave, which may be anything. The sentence names the limits of the field that was given, in its unit, whatever the
 * locale: the locale says in which language.
 */
function refuseWeight(weight: unknown, locale: string): void {
  const { lb, kg } = (weight ?? {}) as { lb?: unknown; kg?: unknown };
  const field = 'weight';
  if ((lb === undefined) === (kg === undefined))
    throw clientError('errors', 'InvalidScanError.one_weight', { locale, field });
  const [value, { min, max }] = lb === undefined ? [kg, WEIGHT_KG] : [lb, WEIGHT_LB];
  if (typeof value === 'number' && value >= min && value <= max) return;
  const params = weightBounds(lb === undefined ? 'weightKg' : 'weightLb');
  const units = lb === undefined ? 'metric' : 'imperial';
  throw clientError('errors', 'InvalidScanError.weight', { locale, units, params, field });
}

/** `elevations` is what the app gave, which may be anything. */
function refuseElevations(elevations: unknown, locale: string): void {
  if (elevations === undefined) return;
  const refuse = (field: string) => {
    throw clientError('errors', 'InvalidScanError.field', { locale, params: { field }, field });
  };
  if (elevations === null || typeof elevations !== 'object') return refuse('cameraElevationAngles');
  for (const [angle, degrees] of Object.entries(elevations)) {
    if (degrees === undefined) continue;
    const { min, max } = ELEVATION_DEGREES;
    const isAngle = (ANGLES as readonly string[]).includes(angle);
    if (!isAngle || typeof degrees !== 'number' || !(degrees >= min && degrees <= max))
      refuse(`cameraElevationAngles.${angle}`);
  }
}

/** Those of the photos that were given, and of the others those that were kept with them. */
function elevationsOf(
  photos: Partial<Record<Angle, PhotoInput>>,
  given: Readonly<Partial<Record<Angle, number | undefined>>> = {},
  kept: CameraElevationAngles = {},
): CameraElevationAngles {
  const known = ANGLES.flatMap((angle) => {
    const degrees = (photos[angle] ? given : kept)[angle];
    return degrees === undefined ? [] : [[angle, degrees] as const];
  });
  return Object.fromEntries(known);
}

const isPhoto = (photo: unknown): photo is PhotoInput =>
  photo instanceof Uint8Array ||
  typeof (photo as { arrayBuffer?: unknown } | undefined)?.arrayBuffer === 'function';

/** Copies the bytes, so that later changes by the app to its own array have no effect. */
const bytesOf = async (photo: PhotoInput) =>
  photo instanceof Uint8Array ? Uint8Array.from(photo) : new Uint8Array(await photo.arrayBuffer());
