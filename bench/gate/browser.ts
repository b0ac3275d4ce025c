/** The gate of the built web client in a real Chromium, under the policy that Hosting sends. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Looked } from '@reddyfit/shared/gate/arrange-photos';
import type { Angle } from '@reddyfit/shared/names/angles';
import hosting from '../../firebase.json' with { type: 'json' };
import { buildWeb } from '../../local/stack/builds.ts';
import { repositoryRoot } from '../../repository.ts';
import { launch } from '../../test/web/stage.ts';
import { workerTime } from './worker-time.ts';

const DIST = join(repositoryRoot, 'clients/web/dist');

/** Nothing listens there: the bench answers the browser's requests with the files. */
const ORIGIN = 'http://localhost:9';

export interface LookTimes {
  /** From the photo's bytes to the browser's answer (ms). */
  readonly ms: number;
  /** How long the gate had a processor for it (ms); undefined where that cannot be told. */
  readonly processorMs: number | undefined;
}

export interface BrowserGate {
  /** From the page's request until the networks are loaded and warm (ms). */
  readonly readyMs: number;
  /** `look` is null when the photo could not be examined. */
  look(angle: Angle, photo: Buffer): Promise<{ look: Looked | null } & LookTimes>;
  close(): Promise<void>;
}

/** Builds the client if it is not up to date, and opens its gate. Throws when the networks do not start. */
export async function openBrowserGate(): Promise<BrowserGate> {
  await buildWeb(new AbortController().signal);
  const script = (await readdir(join(DIST, 'assets'))).find((file) => /^gate-worker-.*\.js$/.test(file));
  if (!script) throw new Error('the build has no gate-worker');
  const headers = Object.fromEntries(
    hosting.hosting.headers[0]!.headers.map(({ key, value }) => [key, value]),
  );
  const browser = await launch();
  const page = await browser.newPage();
  await page.context().route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') await route.fulfill({ headers, contentType: 'text/html', body: '<!doctype html>' });
    else await route.fulfill({ headers, path: join(DIST, pathname) });
  });
  await page.goto(ORIGIN);
  const readyMs = await page.evaluate<number>(`new Promise((resolve, reject) => {
    const begun = performance.now();
    setTimeout(() => reject(new Error('the networks are not ready after a minute')), 60_000);
    // As the page's own policy does (clients/web/src/trusted-types.ts).
    globalThis.trustedTypes?.createPolicy('default', { createScriptURL: (address) => address });
    const gate = (globalThis.gate = new Worker('/assets/${script}', { type: 'module' }));
    gate.onerror = ({ message }) => reject(new Error(message ?? 'the worker failed'));
    gate.onmessage = ({ data: { ready } }) =>
      ready ? resolve(performance.now() - begun) : reject(new Error('the networks did not start'));
  })`);
  return {
    readyMs,
    async look(angle, photo) {
      const before = await workerTime();
      const answer = await page.evaluate<{ look: Looked | null; ms: number }>(`new Promise((resolve) => {
        const bytes = Uint8Array.from(atob('${photo.toString('base64')}'), (each) => each.charCodeAt(0));
        const begun = performance.now();
        gate.onmessage = ({ data: { look } }) => resolve({ look, ms: performance.now() - begun });
        gate.postMessage({ id: 1, angle: '${angle}', photo: new Blob([bytes]) });
      })`);
      const after = await workerTime();
      return {
        ...answer,
        processorMs: before === undefined || after === undefined ? undefined : after - before,
      };
    },
    close: () => browser.close(),
  };
}
