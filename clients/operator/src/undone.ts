/** An act about a scan before it is done. */

import type { ScanAct, Why } from '@reddyfit/shared/operator/acts';

type Without<Act> = Act extends ScanAct ? Omit<Act, 'actId' | keyof Why> : never;

/** Without its name and its reason, which are added as it is done. */
export type Undone = Without<ScanAct>;
