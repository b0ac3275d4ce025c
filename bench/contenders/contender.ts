/** What the bench wants of an engine, and what an engine is given to start with. */

import type { Child } from '../../local/stack/child.ts';
import type { ProcessTree } from '../../local/stack/process-tree.ts';

export interface Ground {
  readonly tree: ProcessTree;
  /** A folder for the servers' data, all on one disk, that is removed at the end. */
  readonly data: string;
  /** Path of Temporal's server. */
  readonly temporal: string;
  /** Environment of every worker: the addresses of the model and of the database. */
  readonly env: Readonly<Record<string, string>>;
}

/** How a worker and a workflow are set up against the end of a worker. `tuned` is also how everything but recovery is measured. */
export type Setting = 'tuned' | 'defaults';

export interface Contender {
  readonly name: string;
  /** What `tuned` and `defaults` mean here. Without `defaults` there is nothing to tune. */
  readonly settings: Readonly<Partial<Record<Setting, string>>>;
  /** True where a killed worker costs minutes by `defaults`, which the bench lets pass beside everything else. */
  readonly takesMinutes?: boolean;
  /** Files that a user of this engine writes for the workflow, relative to the repository. */
  readonly files: readonly string[];
  readonly server: Child;
  /** Starts a worker. Resolves when it says that it takes scans. */
  startWorker(setting: Setting): Promise<Child>;
  /** Starts the workflow of a scan whose document is there. */
  start(scanId: string, setting: Setting): Promise<void>;
  close(): Promise<void>;
}
