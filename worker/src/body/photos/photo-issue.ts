/** What is said against a photo: a code, and sentences for the user that name it. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoIssue, PhotoIssueCode } from '@reddyfit/shared/scan/results';

/** An issue of one photo: a sentence of what is wrong with it and one of what to do. */
export function issueOf(
  angle: Angle,
  code: PhotoIssueCode,
  problem: string,
  remedy: string,
  measured?: PhotoIssue['measured'],
): PhotoIssue {
  return { code, message: `The ${angle} photo ${problem}. ${remedy}`, ...(measured && { measured }) };
}

/** A photo that is not in the bucket. */
export const missingPhoto = (angle: Angle): PhotoIssue =>
  issueOf(angle, 'missing', 'is missing', 'Take it and start a new scan.');

/** A photo that took more time or memory to decode than any photo of a camera needs. */
export const costlyPhoto = (angle: Angle): PhotoIssue =>
  issueOf(angle, 'unreadable', 'takes too long to open', 'Take it again as a JPEG.');
