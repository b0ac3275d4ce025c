/** What a scan whose photos cannot be used says: one sentence of all photos, and each photo's faults by their codes. */

import { scanError, type ScanError } from '@reddyfit/shared/errors';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import type { PhotoIssue, PhotoIssueCode, QualityCheckResult } from '@reddyfit/shared/scan/results';
import type { RejectedPhoto } from '@reddyfit/shared/scan/rejected-photo';
import type { Language, Speaker } from '@reddyfit/shared/words/speaker';

/** Issues of the file rather than of the picture. */
const NOT_AN_IMAGE: ReadonlySet<PhotoIssueCode> = new Set(['missing', 'unreadable', 'unsupported_type']);

/**
 * The sentences for issues that a model has seen: it writes a sentence of its own, which names no parameter, so that the
 * vocabulary's sentence about the code must say it in general.
 */
const SEEN_BY_MODEL: { readonly [Code in PhotoIssueCode]?: keyof Language['photos'] } = {
  not_a_person: 'not_a_person.not_one',
  not_full_body: 'not_full_body.not_whole',
  wrong_angle: 'wrong_angle.another_side',
  obstructed: 'obstructed',
};

/**
 * The error of a rejected scan, in the words of `speaker`. `message` joins the sentences of all photos, and the offer's;
 * `photos` has each fault with its code. When a file is not a usable image, the error has its own code.
 */
export function rejection(verdict: QualityCheckResult, speaker: Speaker): ScanError {
  const issues = ANGLES.flatMap((angle) => verdict.photos[angle].issues);
  const code = issues.some((issue) => NOT_AN_IMAGE.has(issue.code))
    ? 'InvalidImageError'
    : 'PhotosRejectedError';
  const sentences = [...issues, ...(verdict.offer ? [verdict.offer] : [])]
    .map(({ message }) => message)
    .join(' ');
  const error = scanError({ messageCode: code }, speaker);
  const photos = ANGLES.flatMap((angle) =>
    verdict.photos[angle].issues.filter(isNews).map((issue) => faultOf(angle, issue, speaker)),
  );
  return {
    ...error,
    ...(sentences !== '' && { message: sentences }),
    ...(photos.length > 0 && { photos }),
  };
}

/** False for what a model says once more under the same code: the sentence about the code has said it in general. */
const isNews = ({ code, messageCode }: PhotoIssue, index: number, issues: readonly PhotoIssue[]) =>
  messageCode !== undefined ||
  !issues.slice(0, index).some((each) => each.messageCode === undefined && each.code === code);

function faultOf(
  angle: Angle,
  { code, message, messageCode, params }: PhotoIssue,
  { retell }: Speaker,
): RejectedPhoto {
  const seen = messageCode === undefined ? SEEN_BY_MODEL[code] : undefined;
  if (seen) return { angle, code, ...retell('photos', seen, { angle }) };
  return { angle, code, messageCode: messageCode ?? code, params: params ?? { angle }, message };
}
