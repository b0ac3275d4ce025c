/** GET /healthz answers 200 while the process runs, GET /readyz while the worker polls its task queue. */

import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** Serves both routes at `host` and `port` (0 takes a free port). */
export async function startHealthServer(
  host: string,
  port: number,
  isReady: () => boolean,
): Promise<{ port: number; server: Server }> {
  const server = createServer((request, response) => {
    const healthy = request.url === '/healthz' || (request.url === '/readyz' && isReady());
    const known = request.url === '/healthz' || request.url === '/readyz';
    response
      .writeHead(known ? (healthy ? 200 : 503) : 404, { 'content-type': 'text/plain' })
      .end(healthy ? 'ok\n' : 'not ready\n');
  });
  server.listen(port, host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}
