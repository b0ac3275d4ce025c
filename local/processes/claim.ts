/**
 * A file that belongs to one living process: a lock that nobody has to clean up after a crash. Written by hand, since
 * proper-lockfile judges a lock by the age of its file: such a lock outlasts a crash by seconds, is lost while its
 * process sleeps, and does not name its holder.
 */

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { identify, isRunning, processIdentity, type ProcessIdentity } from './identity.ts';

export interface HeldClaim {
  readonly held: true;
  release(): void;
}

/** The answer when another living process holds the file. */
export interface RefusedClaim {
  readonly held: false;
  readonly holder: ProcessIdentity;
}

/** Claims the file for this process. A claim whose process is gone is replaced. The file's folder must exist. */
export function claim(path: string): HeldClaim | RefusedClaim {
  const self = identify(process.pid);
  if (self === null) throw new Error('this process has no identity');
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, JSON.stringify(self));
  try {
    for (;;) {
      if (link(draft, path)) return { held: true, release: () => release(path, self) };
      const holder = holderOf(path);
      if (holder !== null && isRunning(holder)) return { held: false, holder };
      removeStale(path, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The living process that holds the file, or null. */
export function claimant(path: string): ProcessIdentity | null {
  const holder = holderOf(path);
  return holder !== null && isRunning(holder) ? holder : null;
}

/** Creates `path` with the draft's content in one step. Returns false when `path` already exists. */
function link(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The process that the file names, or null when it names none. */
function holderOf(path: string): ProcessIdentity | null {
  try {
    return processIdentity.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Moves the dead holder's file aside. When another process claimed the path in between, its file is the one that was
 * moved, and is put back.
 */
function removeStale(path: string, seen: ProcessIdentity | null): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = holderOf(aside);
  if (moved !== null && moved.started !== seen?.started) link(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, self: ProcessIdentity): void {
  const holder = holderOf(path);
  if (holder?.pid === self.pid && holder.started === self.started) rmSync(path, { force: true });
}
