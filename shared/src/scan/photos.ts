/** The four photos of a scan and the one form in which the system names them: `gs://<bucket>/scans/<uid>/<scanId>/<angle>.jpg`. */

import { ANGLES, type Angle } from '../names/angles.ts';
import { objects } from '../names/paths.ts';

export { ANGLES, type Angle };

/** The photos of a scan as gs:// URLs. */
export type PhotoUrls = Record<Angle, string>;

/** The default photo bucket of a Firebase project. */
export function defaultBucket(projectId: string): string {
  return `${projectId}.firebasestorage.app`;
}

/** The gs:// URL of one photo. */
export function photoUrl(bucket: string, uid: string, scanId: string, angle: Angle): string {
  return `gs://${bucket}/${objects.photo(uid, scanId, angle)}`;
}

/** The gs:// URLs of a scan's four photos. */
export function photoUrlsOf(bucket: string, uid: string, scanId: string): PhotoUrls {
  return Object.fromEntries(
    ANGLES.map((angle) => [angle, photoUrl(bucket, uid, scanId, angle)]),
  ) as PhotoUrls;
}

/**
 * True when `url` is the photo `angle` of this user's scan in this bucket, written in one of the three accepted forms: gs://,
 * https://storage.googleapis.com/<bucket>/<object> and https://firebasestorage.googleapis.com/v0/b/<bucket>/o/<encoded object>,
 * the https forms with or without a query. The function compares the whole string with the URLs that the server itself would
 * write, so no parser can be talked into another host, folder or encoding.
 */
export function isOwnPhotoUrl(
  url: string,
  bucket: string,
  uid: string,
  scanId: string,
  angle: Angle,
): boolean {
  const object = objects.photo(uid, scanId, angle);
  if (url === `gs://${bucket}/${object}`) return true;
  const [address] = url.split('?', 1);
  return (
    address === `https://storage.googleapis.com/${bucket}/${object}` ||
    address === `https://firebasestorage.googleapis.com/v0/b/${bucket}/o/${encodeURIComponent(object)}`
  );
}

/** Bucket and object name of a gs:// URL that this system wrote. */
export function parseGsUrl(url: string): { bucket: string; object: string } {
  const match = /^gs:\/\/([^/]+)\/(.+)$/.exec(url);
  if (!match) throw new TypeError('not a gs:// URL');
  return { bucket: match[1]!, object: match[2]! };
}
