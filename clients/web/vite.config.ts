/** Builds the web client, serves it while it is written (`npm run web`), and as Hosting would, beside a stack of this machine. */

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

/** Where Hosting answers with the project's own settings, a stack's addresses are told instead. */
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

/** What Hosting sends on with the request, to the function that the stack has in its place. */
const NOT_SENT_ON = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

/** The rewrite of firebase.json: what is asked below /api is the function's. */
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

/** A folder's address ends in a slash, as Hosting has it. */
const deskAddress = ({ url }: IncomingMessage, response: ServerResponse, next: () => void): void => {
  if (url !== '/operator') return next();
  response.writeHead(301, { location: '/operator/' }).end();
};

/** The headers of firebase.json; this machine's servers are let in besides. */
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

/** What a site is built with: written into the page, since Hosting does not tell it. Without it the page goes on without what it is for. */
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

/** Asks for the script of the first screen beside that of the page, into which Vite would merge it if the page named both. */
const firstScreen: Plugin = {
  name: 'first-screen',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const chunk = Object.values(bundle ?? {}).find(
        (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(FIRST_SCREEN),
      );
      const src = `/${chunk?.fileName ?? FIRST_SCREEN}`;
      // A browser asks for what is preloaded in the order of the page.
      return [{ tag: 'script', attrs: { type: 'module', crossorigin: true, src }, injectTo: 'head-prepend' }];
    },
  },
};

/** Tells the service worker which scripts and styles there are, so that all of the page opens without a network. */
const shellList: Plugin = {
  name: 'shell-list',
  generateBundle(_options, bundle) {
    const files = Object.keys(bundle).filter((file) => /^assets\/(?!gate-worker).*\.(?:js|css)$/.test(file));
    const source = JSON.stringify(files.map((file) => `/${file}`));
    this.emitFile({ type: 'asset', fileName: 'shell.json', source });
  },
};

// A test's NODE_ENV is inherited by what it builds, and would make a page of React for developers without a service worker.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production';

export default defineConfig({
  plugins: [beside, siteKeys, firstScreen, shellList],
  worker: { format: 'es' },
  server: { host: '127.0.0.1', port: 5173 },
  define: { __BUILD__: JSON.stringify(Date.now().toString(36)) },
  build: {
    target: 'es2022',
    // The page's policy lets nothing in by data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        'first-screen': join(import.meta.dirname, FIRST_SCREEN),
        'service-worker': join(import.meta.dirname, 'service-worker/service-worker.ts'),
      },
      output: {
        // Browsers look for changes of a service worker under one name.
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
