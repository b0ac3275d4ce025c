/** Lets the sweeper run: the stacks of the suites do not do so by themselves, so that a test knows when. */

import { runScheduled } from '../../local/stack/parts/scheduled-functions.ts';
import type { StackFile } from '../../local/stack/stack-file.ts';

/** Resolves once a run is over. Throws when it failed. */
export const sweep = (stack: StackFile): Promise<void> => runScheduled(stack, 'sweepScans');
