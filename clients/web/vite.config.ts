/** Builds the web client, and serves it beside a stack of this machine (`npm run web`). */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** Where Hosting answers with the project's own settings, a stack's addresses are told instead. */
function stackAddresses(): Plugin {
  const folder = process.env['REDDYFIT_INSTANCE'] ?? '';
  const file = join(import.meta.dirname, '../../.local', folder, 'stack.json');
  return {
    name: 'stack-addresses',
    configureServer(server) {
      server.middlewares.use('/__/firebase/init.json', async (_request, response) => {
        try {
          const { projectId, auth, firestore, functions } = JSON.parse(
            await readFile(file, 'utf8'),
          ) as Record<string, string>;
          response.setHeader('content-type', 'application/json');
          response.end(
            JSON.stringify({ projectId, apiKey: 'local', emulators: { auth, firestore, functions } }),
          );
        } catch {
          response.writeHead(503).end('No stack is running; start one with npm start.\n');
        }
      });
    },
  };
}

export default defineConfig({
  plugins: [stackAddresses()],
  worker: { format: 'es' },
  server: { host: '127.0.0.1', port: 5000 },
  build: { target: 'es2022' },
});
