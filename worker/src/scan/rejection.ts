/** What a scan whose photos cannot be used says: one sentence of all photos, and each photo's faults by their codes. */

import { scanError, type ScanError } from '@reddyfit/shared/errors';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import type { PhotoIssue, PhotoIssueCode, QualityCheckResult } from '@reddyfit/shared/scan/results';
import type { RejectedPhoto } from '@reddyfit/shared/scan/rejected-photo';
import { isCode, type Language, type Speaker } from '@reddyfit/shared/words/speaker';

/** Issues of the file rather than of the picture. */
const NOT_AN_IMAGE: ReadonlySet<PhotoIssueCode> = new Set(['missing', 'unreadable', 'unsupported_type']);

/**
 * The sentences for issues that a model has seen: it writes a sentence of its own, which names no parameter, so that the
 * vocabulary's sentence about the code must say it in general.
 */
const SEEN_BY_MODEL: { readonly [Code in PhotoIssueCode]?: keyof Language['photos'] } = {
  not_a_person: 'not_a_person.not_one',
  several_people: 'several_people',
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
    verdict.photos[angle].issues.filter(isNews).flatMap((issue) => faultsOf(angle, issue, speaker)),
  );
  return {
    ...error,
    ...(sentences !== '' && { message: sentences }),
    ...(photos.length > 0 && { photos }),
  };
}

/** Whether the vocabulary has the issue's sentence. It has none that a model wrote, and may lack one of an earlier build's verdict. */
const isTold = ({ messageCode }: PhotoIssue) => isCode('photos', messageCode);

/** False for what is said once more under the same code: the sentence about the code has said it in general. */
const isNews = (issue: PhotoIssue, index: number, issues: readonly PhotoIssue[]) =>
  isTold(issue) || !issues.slice(0, index).some((each) => !isTold(each) && each.code === issue.code);

/** The fault that an issue is; none where no sentence of the vocabulary says it, since a fault names its sentence. */
function faultsOf(angle: Angle, issue: PhotoIssue, { retell }: Speaker): RejectedPhoto[] {
  const { code, message, messageCode = code, params = { angle } } = issue;
  const seen = isTold(issue) ? undefined : SEEN_BY_MODEL[code];
  if (seen) return [{ angle, code, ...retell('photos', seen, { angle }) }];
  return isCode('photos', messageCode) ? [{ angle, code, messageCode, params, message }] : [];
}
