/** Lets the sweeper run, which the emulator does not do by itself. */

import type { StackFile } from '../../local/stack/stack-file.ts';

/** Resolves once a run is over. Throws when it failed. */
export async function sweep({ functions, projectId, region }: StackFile): Promise<void> {
  const url = `http://${functions}/functions/projects/${projectId}/triggers/${region}-sweepScans-0`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (!answer.ok) throw new Error(`the sweeper failed (${answer.status}): ${await answer.text()}`);
  await answer.body?.cancel();
}
