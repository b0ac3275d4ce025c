/** The parameters of a sentence: numbers in the system's units, and codes. A document stores them beside the sentence. */

import { z } from 'zod';

/** `params` of a document. */
export const messageParams = z.record(z.string(), z.union([z.string(), z.number()]));
export type Params = Readonly<z.infer<typeof messageParams>>;
