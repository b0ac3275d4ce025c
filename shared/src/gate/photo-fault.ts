/** What is wrong with a photo: found in no language, told in the user's. */

import type { PhotoIssue, PhotoIssueCode } from '../scan/results.ts';
import type { Language, Params, ParamsOf, Speaker } from '../words/speaker.ts';

/** A sentence about a photo: an issue's code, or that and what exactly is meant (`unreadable.empty`). */
export type PhotoMessageCode = keyof Language['photos'];

/** An issue without its sentence. */
export interface PhotoFault extends Pick<PhotoIssue, 'code' | 'measured'> {
  messageCode: PhotoMessageCode;
  params: Params;
}

/** The fault that a sentence is about; `measured` where a number decided. */
export function photoFault<Code extends PhotoMessageCode>(
  messageCode: Code,
  params: ParamsOf<'photos', Code>,
  measured?: PhotoIssue['measured'],
): PhotoFault {
  const code = messageCode.split('.', 1)[0] as PhotoIssueCode;
  return { code, messageCode, params: params as Params, ...(measured && { measured }) };
}

/** The fault as a user reads it. */
export function issueOf(fault: PhotoFault, speaker: Speaker): PhotoIssue {
  const { message } = speaker.retell('photos', fault.messageCode, fault.params);
  return { ...fault, message };
}
