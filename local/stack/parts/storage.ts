/** The Cloud Storage server, in memory, with the photo bucket and the archive. */

import { loopback } from '../ports.ts';
import { answersOk, untilReady } from '../ready.ts';
import type { Starting } from '../starting.ts';

/** Starts the server and resolves when the buckets are there. */
export async function startStorage({
  bucket,
  archiveBucket,
  projectId,
  ports,
  servers,
  run,
  signal,
}: Starting): Promise<void> {
  const address = loopback(ports.storage);
  const child = await run({
    name: 'storage',
    command: servers.storage,
    args: ['-host=127.0.0.1', `-port=${ports.storage}`],
  });
  const buckets = `http://${address}/storage/v1/b?project=${projectId}`;
  await untilReady(child, () => answersOk(buckets), signal);
  for (const name of [bucket, archiveBucket]) {
    const created = await fetch(buckets, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    if (!created.ok)
      throw new Error(`The bucket ${name} could not be made: ${created.status} ${await created.text()}`);
  }
}
