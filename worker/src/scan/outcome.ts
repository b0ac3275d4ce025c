/** How the work on a scan ended. */

import type { ScanError } from '@reddyfit/shared/errors';
import type { TerminalStatus } from '@reddyfit/shared/scan/statuses';
import type { Composition } from './activities.ts';

export type Outcome =
  | { status: 'completed'; composition: Composition }
  | { status: Exclude<TerminalStatus, 'completed'>; error: ScanError };
