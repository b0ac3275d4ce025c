/**
 * The one service worker of the web client: keeps the page's own files, so that it opens without a network, and shows pushes. It keeps nothing that
 * a user has made: no photo, no document, no answer of a server but these files.
 */

// oxlint-disable-next-line unicorn/require-module-specifiers -- makes this file a module of its own
export {};

declare const self: ServiceWorkerGlobalScope;
/** Of this build, so that the files of an older one are let go of. */
declare const __BUILD__: string;

/** Which project the page belongs to, as Hosting tells it: public. */
const SETTINGS = '/__/firebase/init.json';

/** Addresses at which Hosting answers with the one page (firebase.json). */
const PAGES = /^\/(?:scans\/[^/]+)?$/;

/** Files of the gate in the browser. */
const GATE = /^\/assets\/gate-worker|\.(?:wasm|bin|json)$/;

const SHELL = `shell-${__BUILD__}`;

/** What FCM sends to a browser, of which only this is read. */
interface Push {
  readonly notification?: { readonly title?: string; readonly body?: string; readonly silent?: boolean };
  readonly data?: { readonly scanId?: string };
}

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(SHELL);
      await cache.put('/', await fetch('/', { cache: 'no-cache' }));
      const files = (await (await fetch('/shell.json', { cache: 'no-cache' })).json()) as string[];
      await cache.addAll([...files, SETTINGS]);
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== SHELL) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname === SETTINGS) event.respondWith(newest(request, SETTINGS));
  else if (request.mode === 'navigate' && PAGES.test(url.pathname)) event.respondWith(newest(request, '/'));
  // Networks and what runs them are ten megabytes: the browser's own cache has them, and they only help.
  else if (url.pathname.startsWith('/assets/') && !GATE.test(url.pathname)) event.respondWith(file(request));
});

/** The page or its settings as they are now; without a network as they were kept. */
async function newest(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(SHELL);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(path, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(path);
    if (kept) return kept;
    throw error;
  }
}

/** A file whose name says its content, from where it is kept. */
async function file(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  // Kept when nobody asked as a script: a server that answers `Vary: Origin` would seem to have another one.
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

self.addEventListener('push', (event) => {
  const { notification: said = {}, data = {} } = (event.data?.json() ?? {}) as Push;
  // Always shown, as browsers demand, and once for a scan. The server has left numbers out unless the user wants them.
  event.waitUntil(
    self.registration.showNotification(said.title ?? 'ReddyFit', {
      body: said.body ?? '',
      silent: said.silent ?? false,
      icon: '/icon.svg',
      data,
      ...(data.scanId && { tag: data.scanId }),
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { scanId } = (event.notification.data ?? {}) as NonNullable<Push['data']>;
  // As scanWebLink has it, which cannot be imported: browsers load this file alone.
  const address = `${self.location.origin}/${scanId ? `scans/${scanId}` : ''}`;
  event.waitUntil(
    (async () => {
      const windows = await self.clients.matchAll({ type: 'window' });
      const open = windows.find(({ url }) => url === address) ?? windows[0];
      if (!open) return void (await self.clients.openWindow(address));
      await open.focus();
      if (open.url !== address) await open.navigate(address);
    })(),
  );
});
