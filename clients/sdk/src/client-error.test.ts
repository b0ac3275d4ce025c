import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deleteApp, initializeApp } from 'firebase/app';
import { connectFunctionsEmulator, getFunctions, httpsCallable } from 'firebase/functions';
import { expect, it } from 'vitest';
import { asClientError } from './client-error.ts';

it("says the server's sentence as it was sent, without the HTTP status that Firebase appends", async () => {
  const messages = ['There is no such scan.', 'An appendix stays [404] here [7].'];
  const server = createServer((_, response) => {
    const details = { code: 'ScanNotFoundError', messageCode: 'ScanNotFoundError', params: {} };
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { status: 'NOT_FOUND', message: messages.shift(), details } }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const app = initializeApp({ projectId: 'demo-errors' }, 'client-error');
  try {
    const functions = getFunctions(app, 'us-central1');
    connectFunctionsEmulator(functions, '127.0.0.1', (server.address() as AddressInfo).port);
    const refused = () => httpsCallable(functions, 'cancelScan')({}).catch((error: unknown) => error);
    expect(asClientError(await refused(), 'en')).toMatchObject({
      code: 'ScanNotFoundError',
      message: 'There is no such scan.',
      cause: { message: 'There is no such scan. [404]' },
    });
    expect(asClientError(await refused(), 'en').message).toBe('An appendix stays [404] here [7].');
  } finally {
    await deleteApp(app);
    server.close();
    server.closeAllConnections();
  }
});
