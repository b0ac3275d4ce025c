/**
 * For commands whose output somebody pipes into `head`: when the reader leaves early, the command still does its work and
 * ends as it would otherwise.
 */

/** Drops output that nobody reads any more; any other error of stdout is thrown. A second call changes nothing. */
export function outliveReader(stdout: NodeJS.WriteStream = process.stdout): void {
  if (!stdout.listeners('error').includes(dropped)) stdout.on('error', dropped);
}

function dropped(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
