/**
 * When the web client's first screen is visible on a slow phone and a slow network, and whether anything moves afterwards.
 *
 *     npm run bench:first-screen -- [--loads 5]
 *
 * Simulates a processor four times slower and Lighthouse's slow 4G in Chromium, with a server that compresses as Hosting
 * does; each load has an empty cache. Exits with 1 when the median of the largest contentful paint is above 2.0 s, or when
 * the layout shifts.
 */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Command } from 'commander';
import type { Browser } from 'playwright-core';
import hosting from '../firebase.json' with { type: 'json' };
import { buildWeb } from '../local/stack/builds.ts';
import { wholeNumber } from '../ops/numbers.ts';
import { repositoryRoot } from '../repository.ts';
import { launch } from '../test/web/stage.ts';
import { median } from './statistics.ts';

const LCP_BAR_MS = 2000;

/**
 * Lighthouse's slow 4G as applied to each request: 150 ms × 3.75 of latency, 1.6 Mbit/s × 0.9 down and 0.75 Mbit/s × 0.9 up.
 */
const SLOW_4G = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1.6 * 0.9 * 1024 * 1024) / 8,
  uploadThroughput: (0.75 * 0.9 * 1024 * 1024) / 8,
};
const CPU_SLOWDOWN = 4;

/** How long to wait for layout shifts after the largest paint (ms). */
const SETTLED_MS = 3000;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

const { loads } = new Command('bench:first-screen')
  .option('--loads <count>', 'how often', wholeNumber(1, 1000), 5)
  .parse()
  .opts<{ loads: number }>();

await buildWeb(new AbortController().signal);
const server = await serve(join(repositoryRoot, 'clients/web/dist'));
const browser = await launch();
try {
  const measured: { lcp: number; shift: number; element: string }[] = [];
  for (let load = 0; load < loads; load++) {
    // oxlint-disable-next-line no-await-in-loop -- they would slow each other down
    const one = await loadOnce(browser, server.address);
    measured.push(one);
    console.log(`LCP ${Math.round(one.lcp)} ms (${one.element}), shift ${one.shift.toFixed(4)}`);
  }
  const lcp = median(measured.map((each) => each.lcp));
  const shift = Math.max(...measured.map((each) => each.shift));
  console.log(
    `\nLCP p50 ${Math.round(lcp)} ms (bar ${LCP_BAR_MS}), largest layout shift ${shift.toFixed(4)} (bar 0)`,
  );
  process.exitCode = lcp <= LCP_BAR_MS && shift === 0 ? 0 : 1;
} finally {
  await browser.close();
  server.close();
}

async function loadOnce(chromium: Browser, address: string) {
  const context = await chromium.newContext({
    locale: 'en-GB',
    viewport: { width: 360, height: 640 },
    deviceScaleFactor: 2,
  });
  await context.addInitScript(`{
    globalThis.seen = { lcp: 0, shift: 0, element: '' };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        Object.assign(seen, { lcp: entry.startTime, element: entry.element?.tagName.toLowerCase() ?? '' });
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) seen.shift += value;
    }).observe({ type: 'layout-shift', buffered: true });
  }`);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.goto(address);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.waitForTimeout(SETTLED_MS);
  const seen = await page.evaluate<{ lcp: number; shift: number; element: string }>('seen');
  await context.close();
  return seen;
}

/** Serves the built client compressed, with the headers that Hosting sends. */
async function serve(root: string): Promise<{ address: string; close: () => void }> {
  const headers = Object.fromEntries(
    hosting.hosting.headers[0]!.headers.map(({ key, value }) => [key, value]),
  );
  const packed = new Map<string, Buffer>();
  const of = async (path: string) => {
    const known = packed.get(path) ?? gzipSync(await readFile(join(root, path)));
    packed.set(path, known);
    return known;
  };
  const http = createServer(({ url = '/' }, answer) => {
    if (url === '/__/firebase/init.json') {
      answer.setHeader('content-type', 'application/json');
      return answer.end(JSON.stringify({ projectId: 'demo', apiKey: 'local' }));
    }
    const path = url === '/' ? '/index.html' : url;
    of(path).then(
      (body) => {
        const type = TYPES[extname(path)] ?? 'application/octet-stream';
        answer.writeHead(200, { ...headers, 'content-type': type, 'content-encoding': 'gzip' }).end(body);
      },
      () => answer.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, close: () => http.close() };
}
