/** Lets one process strike calls on a link that runs in another process, over HTTP. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { GrpcLink } from './grpc-link.ts';
import type { Strike, Struck } from './strikes.ts';

/**
 * Serves POST / with a strike, GET /<id> for the number of calls that it has struck, and DELETE /<id> to lose what it holds.
 */
export async function serveControl(link: GrpcLink): Promise<{ url: string; close(): Promise<void> }> {
  const strikes: Struck[] = [];
  const server = createServer(async (request, response) => {
    const struck = strikes[Number(request.url?.slice(1))];
    let answer: unknown = {};
    if (request.method === 'POST')
      answer = { id: strikes.push(link.strike((await json(request)) as Strike)) - 1 };
    if (request.method === 'GET') answer = { calls: struck?.calls };
    if (request.method === 'DELETE') struck?.lose();
    response.end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export interface RemoteStruck {
  /** Resolves when the strike hits its first call. */
  readonly first: Promise<void>;
  /** Stops striking, and breaks off the held calls. */
  lose(): Promise<void>;
}

/** Puts a strike in place on the link whose controls are at `url`. */
export async function strikeAt(url: string, strike: Strike): Promise<RemoteStruck> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(strike) });
  const { id } = (await answer.json()) as { id: number };
  const over = new AbortController();
  const untilFirst = async () => {
    for (;;) {
      const { calls } = (await (await fetch(`${url}/${id}`)).json()) as { calls: number };
      if (calls > 0) return;
      await wait(20, undefined, { signal: over.signal });
    }
  };
  const first = untilFirst();
  first.catch(() => undefined);
  return {
    first,
    async lose() {
      over.abort(new Error('no call came'));
      await fetch(`${url}/${id}`, { method: 'DELETE' });
    },
  };
}
