/** What a check is, and what it finds. */

import type { Site } from './site.ts';

export type State = 'ok' | 'warning' | 'error' | 'skipped';

export interface Finding {
  readonly state: State;
  /** What the check saw, or, for `skipped`, why it did not look. Never a secret. */
  readonly seen: string;
  /** What to do about it; set for every warning and error. */
  readonly advice?: string;
}

export interface Check {
  /** What the check looks at, in a word or two. */
  readonly name: string;
  /** Looks, and changes nothing. An error that it throws becomes a finding of state `error`. */
  run(site: Site): Promise<Finding | readonly Finding[]>;
}

export const ok = (seen: string): Finding => ({ state: 'ok', seen });
export const warning = (seen: string, advice: string): Finding => ({ state: 'warning', seen, advice });
export const problem = (seen: string, advice: string): Finding => ({ state: 'error', seen, advice });
export const skipped = (why: string): Finding => ({ state: 'skipped', seen: why });
