/** One fault of one photo, in `error.photos` of a rejected scan. */

import { z } from 'zod';
import { ANGLES } from '../names/angles.ts';
import { messageParams } from '../words/params.ts';
import { PHOTO_ISSUES } from './step-results.ts';

export const rejectedPhoto = z.strictObject({
  angle: z.enum(ANGLES).describe('Which photo it is.'),
  code: z.enum(PHOTO_ISSUES).describe('What is wrong with it. What an app decides by.'),
  message: z.string().describe("What is wrong with it and what to do, as a sentence in the user's language."),
  messageCode: z.string().describe('Which sentence message is: an app may write its own from it and params.'),
  params: messageParams.describe('What the sentence is about.'),
});
export type RejectedPhoto = z.infer<typeof rejectedPhoto>;
