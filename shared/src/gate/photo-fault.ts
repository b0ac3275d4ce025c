/** A fault of a photo, which holds no words, and its sentence in the user's language. */

import type { PhotoIssue, PhotoIssueCode } from '../scan/results.ts';
import type { Language, Params, ParamsOf, Speaker } from '../words/speaker.ts';

/** The code of a sentence about a photo: an issue's code, which a more precise word may follow (`unreadable.empty`). */
export type PhotoMessageCode = keyof Language['photos'];

/** An issue without its sentence. */
export interface PhotoFault extends Pick<PhotoIssue, 'code' | 'measured'> {
  messageCode: PhotoMessageCode;
  params: Params;
}

/** The fault for a sentence's code. `measured` is given when a number decided. */
export function photoFault<Code extends PhotoMessageCode>(
  messageCode: Code,
  params: ParamsOf<'photos', Code>,
  measured?: PhotoIssue['measured'],
): PhotoFault {
  const code = messageCode.split('.', 1)[0] as PhotoIssueCode;
  return { code, messageCode, params: params as Params, ...(measured && { measured }) };
}

/** The fault with its sentence in the speaker's language. */
export function issueOf(fault: PhotoFault, speaker: Speaker): PhotoIssue {
  const { message } = speaker.retell('photos', fault.messageCode, fault.params);
  return { ...fault, message };
}
