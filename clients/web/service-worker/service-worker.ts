/**
 * The web client's only service worker. It caches the page's own files, so that the page opens without a network, and
 * shows pushes. It caches nothing that a user has made: no photo, no document, no other answer of a server.
 */

// oxlint-disable-next-line unicorn/require-module-specifiers -- makes this file a module of its own
export {};

declare const self: ServiceWorkerGlobalScope;
/** Identifies this build, so that the cached files of an older build are deleted. */
declare const __BUILD__: string;

/** Hosting's address for the settings of the page's project. They are public. */
const SETTINGS = '/__/firebase/init.json';

/** Addresses at which Hosting answers with the single page (firebase.json). */
const PAGES = /^\/(?:scans\/[^/]+)?$/;

/** Files of the photo gate, which are not cached here. */
const GATE = /^\/assets\/gate-worker|\.(?:wasm|bin|json)$/;

const SHELL = `shell-${__BUILD__}`;

/** The fields of FCM's message to a browser that are read here. */
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
  // The networks and their runtime are ten megabytes and optional, so they are left to the browser's own cache.
  else if (url.pathname.startsWith('/assets/') && !GATE.test(url.pathname)) event.respondWith(file(request));
});

/** The page or its settings from the network, or from the cache when there is no network. */
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

/** A file whose name contains the hash of its content: from the cache if it is there. */
async function file(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  // The file was cached by a request without `Origin`; with a server that answers `Vary: Origin` it would not match a
  // script's request.
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

self.addEventListener('push', (event) => {
  const { notification: said = {}, data = {} } = (event.data?.json() ?? {}) as Push;
  // A notification is always shown, as browsers demand, and one per scan. The server leaves numbers out unless the user
  // wants them.
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
  // The same address as scanWebLink's, which cannot be imported: browsers load this file alone.
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
