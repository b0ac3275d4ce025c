/** An act on a scan that has not been done yet. */

import type { ScanAct, Why } from '@reddyfit/shared/operator/acts';

type Without<Act> = Act extends ScanAct ? Omit<Act, 'actId' | keyof Why> : never;

/** The act without its id and its reason, which are added when it is done. */
export type Undone = Without<ScanAct>;
