/** For commands whose output somebody pipes into `head`: the reader leaves early, and the command still does its work and ends as it would. */

/** Output that nobody reads any more is dropped; any other fault of stdout is thrown. Again: nothing more. */
export function outliveReader(stdout: NodeJS.WriteStream = process.stdout): void {
  if (!stdout.listeners('error').includes(dropped)) stdout.on('error', dropped);
}

function dropped(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
