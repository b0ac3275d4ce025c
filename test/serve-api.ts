/** The HTTP API on the web server that Cloud Functions uses, in this process. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { http, type HttpFunction } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';

/** Serves the API on a free port. Its modules read their settings from the environment when they are loaded: by the first call. */
export async function serveApi() {
  const { api } = await import('../functions/src/http/api.ts');
  // The two declarations use different versions of Express.
  http('api', api as unknown as HttpFunction);
  const server = getTestServer('api').listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    /** Without a path. */
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}
