/** The table of what the desk, commands and users can do names every route and act of the desk, and every operator's command. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { scanAct } from '@reddyfit/shared/operator/acts';
import { beforeAll, expect, it } from 'vitest';
import { DESK_ROUTES } from '../functions/src/http/operator/desk-routes.ts';
import manifest from '../package.json' with { type: 'json' };

/** Row of the table → its cells: the desk, commands, users' callables, and the function. */
const rows = new Map<string, string[]>();
beforeAll(async () => {
  const page = await readFile(new URL('operating.md', import.meta.url), 'utf8');
  const table = page.slice(page.indexOf('| what '), page.indexOf('## Watch'));
  for (const line of table.split('\n').slice(2)) {
    const [what, ...cells] = line.split('|').slice(1, -1);
    if (what)
      rows.set(
        what.trim(),
        cells.map((cell) => cell.trim()),
      );
  }
});

const FIND = 'find scans, see one, reveal it';
const PAUSE = 'take no new scans, take them again';
const RUNS = 'see what runs; wait for its end';
const ALL_CHAINS = 'verify all chains';

/** Route of the desk → its row. */
const ROUTES: Record<string, string> = {
  'POST /scans/find': FIND,
  'GET /scans/{scanId}': FIND,
  'POST /scans/{scanId}/reveal': FIND,
  'POST /users/{uid}/credits': 'grant credits',
  'POST /webhooks/{endpointId}/redeliver': 'deliver all dead letters anew',
  'GET /watch/{hours}': 'figures; by build and by model',
  'GET /admission': RUNS,
  'POST /admission': PAUSE,
  'GET /scans/{scanId}/chain': "verify one scan's chain",
  'POST /audit/check': ALL_CHAINS,
  'GET /audit/check': 'verify every anchor',
  'POST /accesses': 'list who saw whose data, deletions',
  'POST /accesses/export': 'export that, signed',
  'POST /deletions': 'list who saw whose data, deletions',
};

/** Act on a scan → its row. The routes POST /scans/{scanId}/acts and POST /acts do these. */
const ACTS: Record<string, string> = {
  retry_step: 'run a failed step again',
  cancel: 'cancel a scan',
  fail: 'end a scan as failed, with refund',
  push: 'push again to devices without it',
  webhook: 'deliver one event anew',
  begin_again: "give a scan's credit back",
};

it('names each route and each act of the desk', () => {
  const routes = DESK_ROUTES.map(({ method, path }) => `${method} ${path.replace('/operator/v1', '')}`);
  const others = ['GET /me', 'POST /scans/{scanId}/acts', 'POST /acts'];
  expect([...Object.keys(ROUTES), ...others].toSorted()).toEqual(routes.toSorted());
  expect(Object.keys(ACTS).toSorted()).toEqual(
    scanAct.options.map(({ shape }) => shape.act.value).toSorted(),
  );
  for (const row of [...Object.values(ROUTES), ...Object.values(ACTS)])
    expect(rows.get(row)?.[0], row).toMatch(/^yes/);
});

it('names each command for operators', () => {
  const commands = Object.entries(manifest.scripts).flatMap(([name, script]) =>
    script.startsWith('exec node ops/') ? [name] : [],
  );
  expect(commands.length).toBeGreaterThan(8);
  const named = [...rows.values()].map(([, command]) => command).join(' ');
  for (const command of commands) expect(named).toMatch(new RegExp('`' + command + '\\b'));
});

it('names only functions that are there', () => {
  expect(rows.size).toBeGreaterThan(20);
  for (const [what, cells] of rows) {
    for (const [, path] of (cells[3] ?? '').matchAll(/`([^`]+)`/g)) {
      const places = ['', 'functions/src/'].flatMap((root) => [`${root}${path}`, `${root}${path}.ts`]);
      const there = places.map((place) => existsSync(new URL(`../${place}`, import.meta.url)));
      expect(there, `${what}: ${path}`).toContain(true);
    }
  }
});
