/**
 * Builds the web client, serves it during development (`npm run web`), and previews it as Hosting would, beside a stack
 * on this machine.
 */

import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import hosting from '../../firebase.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const STACK =
  process.env['REDDYFIT_STACK_FILE'] ??
  join(ROOT, '.local', process.env['REDDYFIT_INSTANCE'] ?? '', 'stack.json');

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers with a stack's addresses where Hosting would answer with the project's own settings. */
const stackAddresses: Handle = async (_request, response) => {
  try {
    const { projectId, auth, firestore, functions } = JSON.parse(await readFile(STACK, 'utf8')) as Record<
      string,
      string
    >;
    response.setHeader('content-type', 'application/json');
    const emulators = { auth, firestore, functions };
    response.end(JSON.stringify({ projectId, apiKey: 'local', emulators }));
  } catch {
    response.writeHead(503).end('No stack is running; start one with npm start.\n');
  }
};

/** Headers of the request that are not passed on to the function. */
const NOT_SENT_ON = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

/** The rewrite of firebase.json: requests below /api go to the function. */
const apiFunction: Handle = async (request, response) => {
  try {
    const { projectId, functions, region } = JSON.parse(await readFile(STACK, 'utf8')) as Record<
      string,
      string
    >;
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers))
      if (!NOT_SENT_ON.has(name) && value !== undefined) headers.set(name, String(value));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await fetch(`http://${functions}/${projectId}/${region}/api${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    for (const name of ['content-type', 'www-authenticate', 'retry-after']) {
      const value = answer.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    response.setHeader('cache-control', answer.headers.get('cache-control') ?? 'no-store');
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    response.writeHead(503).end('The functions do not answer.\n');
  }
};

/** Redirects to the folder's address with a trailing slash, as Hosting does. */
const deskAddress = ({ url }: IncomingMessage, response: ServerResponse, next: () => void): void => {
  if (url !== '/operator') return next();
  response.writeHead(301, { location: '/operator/' }).end();
};

/** Sets the headers of firebase.json, and also allows connections to the servers of this machine. */
function setHostingHeaders({ url = '/' }: IncomingMessage, response: ServerResponse): void {
  for (const { source, headers } of hosting.hosting.headers) {
    if (source !== '**' && !url.startsWith(source.replace('**', ''))) continue;
    for (const { key, value } of headers)
      response.setHeader(key, value.replace("connect-src 'self'", "connect-src 'self' http://127.0.0.1:*"));
  }
}

const beside: Plugin = {
  name: 'beside-a-stack',
  configureServer(server) {
    server.middlewares.use('/__/firebase/init.json', stackAddresses);
  },
  configurePreviewServer(server) {
    server.middlewares.use((request, response, next) => {
      setHostingHeaders(request, response);
      next();
    });
    server.middlewares.use('/__/firebase/init.json', stackAddresses);
    server.middlewares.use('/api', apiFunction);
    server.middlewares.use(deskAddress);
  },
};

/**
 * Keys that the build writes into the page, since Hosting does not serve them. Without a key the page works without its
 * feature.
 */
const SITE_KEYS = [
  {
    variable: 'VAPID_KEY',
    meta: 'vapid-key',
    // A P-256 point, uncompressed, in URL-safe base64 (RFC 8292).
    pattern: /^B[\w-]{86}$/,
    is: 'the public key of the web push certificate, 87 characters that begin with B',
  },
  {
    variable: 'APP_CHECK_KEY',
    meta: 'app-check-key',
    pattern: /^6L[\w-]{38}$/,
    is: 'the site key of reCAPTCHA Enterprise, 40 characters that begin with 6L',
  },
] as const;

const siteKeys: Plugin = {
  name: 'site-keys',
  transformIndexHtml: () =>
    SITE_KEYS.flatMap(({ variable, meta, pattern, is }) => {
      const content = process.env[variable];
      if (!content) return [];
      if (!pattern.test(content)) throw new Error(`${variable} must be ${is}.`);
      return [{ tag: 'meta', attrs: { name: meta, content } }];
    }),
};

const FIRST_SCREEN = 'src/first-screen.ts';

/** Adds the script of the first screen to the page. If index.html named both scripts, Vite would merge them. */
const firstScreen: Plugin = {
  name: 'first-screen',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const chunk = Object.values(bundle ?? {}).find(
        (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(FIRST_SCREEN),
      );
      const src = `/${chunk?.fileName ?? FIRST_SCREEN}`;
      // Browsers request preloaded files in the order of the page, so this script comes first.
      return [{ tag: 'script', attrs: { type: 'module', crossorigin: true, src }, injectTo: 'head-prepend' }];
    },
  },
};

/** Lists the page's scripts and styles for the service worker, so that the whole page opens without a network. */
const shellList: Plugin = {
  name: 'shell-list',
  generateBundle(_options, bundle) {
    const files = Object.keys(bundle).filter((file) => /^assets\/(?!gate-worker).*\.(?:js|css)$/.test(file));
    const source = JSON.stringify(files.map((file) => `/${file}`));
    this.emitFile({ type: 'asset', fileName: 'shell.json', source });
  },
};

// A build that a test starts inherits the test's NODE_ENV, which would give a page with React's development build and
// no service worker.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production';

export default defineConfig({
  plugins: [beside, siteKeys, firstScreen, shellList],
  worker: { format: 'es' },
  server: { host: '127.0.0.1', port: 5173 },
  define: { __BUILD__: JSON.stringify(Date.now().toString(36)) },
  build: {
    target: 'es2022',
    // The page's policy forbids everything from data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Base UI's files begin with 'use client', which says nothing to a page that no server draws.
      onLog(level, log, handle) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
      input: {
        index: join(import.meta.dirname, 'index.html'),
        'first-screen': join(import.meta.dirname, FIRST_SCREEN),
        'service-worker': join(import.meta.dirname, 'service-worker/service-worker.ts'),
      },
      output: {
        // Browsers look for changes of a service worker under a fixed name.
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
