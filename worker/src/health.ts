/** GET /healthz: the process answers. GET /readyz: the worker polls its task queue. */

import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** Serves both on `port` (0 takes a free one) of every interface, since a container's probe comes from outside it. */
export async function startHealthServer(
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
  server.listen(port);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}
