/** Runs the sweeper. The suites' stacks do not run it by themselves, so that a test decides when it runs. */

import { runScheduled } from '../../local/stack/parts/scheduled-functions.ts';
import type { StackFile } from '../../local/stack/stack-file.ts';

/** Resolves once the run has ended. Throws when it failed. */
export const sweep = (stack: StackFile): Promise<void> => runScheduled(stack, 'sweepScans');
