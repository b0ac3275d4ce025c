/** What each part of a stack is started with. */

import type { StackServers } from '../provision/provision.ts';
import type { Child } from './child.ts';
import type { Part } from './ports.ts';

/**
 * How a part starts its process. Default: the repository's root as folder and no variables besides the stack's. The log
 * is `<name>.log`.
 */
export interface Run {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** True when its end does not end the stack. */
  readonly mayEnd?: boolean;
}

export interface Starting {
  readonly projectId: string;
  readonly bucket: string;
  readonly archiveBucket: string;
  /** The instance's folder. */
  readonly dir: string;
  /** The folder of its logs. */
  readonly logs: string;
  readonly ports: Readonly<Record<Part, number>>;
  readonly servers: StackServers;
  /** Aborts the start. */
  readonly signal: AbortSignal;
  /** Starts a process that belongs to the stack. */
  run(run: Run): Promise<Child>;
}
