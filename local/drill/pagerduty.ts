/** Stands in for PagerDuty: accepts events as its Events API v2 does, and hands them to callers that wait for one. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** What Alertmanager sends of an alert. */
const pageEvent = z.looseObject({
  routing_key: z.string().min(1),
  event_action: z.enum(['trigger', 'acknowledge', 'resolve']),
  dedup_key: z.string(),
  payload: z.looseObject({
    summary: z.string(),
    custom_details: z.record(z.string(), z.string()).optional(),
  }),
});
export type PageEvent = z.infer<typeof pageEvent>;

export interface PagerDuty {
  /** Where events are sent to. */
  readonly url: string;
  /** All that came so far, oldest first. */
  readonly events: readonly PageEvent[];
  /**
   * Resolves with the first past or future event for which `holds` is true, leaving out the first `after` events. Rejects
   * when `signal` is aborted.
   */
  until(holds: (event: PageEvent) => boolean, signal: AbortSignal, after?: number): Promise<PageEvent>;
  close(): Promise<void>;
}

/** Listens on a free port of loopback. */
export async function startPagerDuty(): Promise<PagerDuty> {
  const events: PageEvent[] = [];
  const watchers = new Set<(event: PageEvent) => void>();
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { data, error } = pageEvent.safeParse(JSON.parse(Buffer.concat(parts).toString()));
    response.writeHead(data ? 202 : 400, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(data ? { status: 'success', dedup_key: data.dedup_key } : { errors: error.issues }),
    );
    if (!data) return;
    events.push(data);
    for (const watcher of watchers) watcher(data);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/enqueue`,
    events,
    until: (holds, signal, after = 0) =>
      new Promise((resolve, reject) => {
        const seen = events.slice(after).find(holds);
        if (seen) return resolve(seen);
        const watcher = (event: PageEvent) => {
          if (!holds(event)) return;
          watchers.delete(watcher);
          resolve(event);
        };
        watchers.add(watcher);
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
