/** The folder in which installed servers live, outside the clone so that clones share it. */

import { homedir } from 'node:os';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** `$REDDYFIT_CACHE`, else `$XDG_CACHE_HOME/reddyfit`, else `~/.cache/reddyfit`. */
export function cacheDir(env: Env = process.env): string {
  if (env.REDDYFIT_CACHE) return env.REDDYFIT_CACHE;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'reddyfit');
  return join(homedir(), '.cache', 'reddyfit');
}
