/** Sends the drafts that wait on the phone: at each start of the app, and when the system wakes the app in the background. */

import type { ReddyFitClient, ScanHandle } from '@reddyfit/client';

/**
 * Resolves with the ids of the scans that the server now has; all others stay drafts. Never rejects. Ends within `withinMs`,
 * as the system demands.
 */
export async function sendDrafts(
  client: Pick<ReddyFitClient, 'drafts' | 'resumeScan'>,
  withinMs: number,
): Promise<string[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handles: ScanHandle[] = [];
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), withinMs);
  });
  const sent: string[] = [];
  let over = false;
  const sendAll = async () => {
    for (const { id } of await client.drafts()) {
      if (over) return;
      const handle = client.resumeScan(id);
      handles.push(handle);
      try {
        sent.push(await handle.submitted);
      } catch {
        // The scan was refused, or the handle was closed below: the user decides, or the next call sends it.
      }
    }
  };
  try {
    await Promise.race([sendAll(), late]);
  } catch {
    // Nobody is signed in, or the ledger cannot be read now.
  } finally {
    over = true;
    clearTimeout(timer);
    for (const handle of handles) handle.close();
  }
  return sent;
}
