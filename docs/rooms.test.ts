/**
 * Lint fails on every arrow between rooms that ARCHITECTURE.md ("Who may know whom") does not allow, and on none that it allows.
 * A file is made for each in a temporary tree, which lint reads with the project's own settings: one that names the other room
 * by its path, and one that names it by its package, where it is or lies in one.
 */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { repositoryRoot } from '../repository.ts';

const PRODUCTION = ['shared', 'functions', 'worker', 'clients/web'];
const AROUND = ['ops', 'local', 'fixtures', 'bench', 'deploy', 'test'];
const CLIENTS = ['clients/sdk', 'clients/terminal', 'clients/web', 'clients/operator'];
const DESK = ['functions/src/operator', 'functions/src/http/operator'];

/** A room → the rooms that it does not know. */
const UNKNOWN: Readonly<Record<string, readonly string[]>> = {
  'shared/src/scan': ['worker', 'functions', ...CLIENTS, ...AROUND],
  worker: ['functions', ...CLIENTS, ...AROUND],
  'worker/src/scan': ['functions', ...CLIENTS, ...AROUND],
  functions: [...DESK, 'worker', ...CLIENTS],
  'functions/src': [...DESK, 'worker', ...CLIENTS, ...AROUND],
  'functions/src/http': [...DESK, 'worker', ...CLIENTS],
  'functions/src/scans': [...DESK, 'worker', ...CLIENTS, ...AROUND],
  'functions/src/a-new-room': DESK,
  'functions/src/operator': ['worker', ...CLIENTS, ...AROUND],
  'functions/src/http/operator': ['worker', ...CLIENTS, ...AROUND],
  'functions/src/http/router.ts': ['worker', ...CLIENTS, ...AROUND],
  'clients/sdk/src': ['worker', 'functions', 'clients/operator', ...AROUND],
  'clients/terminal': ['worker', 'functions', 'clients/operator', ...AROUND],
  'clients/web/src': ['worker', 'functions', 'clients/operator', ...AROUND],
  'clients/operator/src': ['worker', 'functions', ...AROUND],
  ops: ['clients/sdk', 'clients/web', 'clients/operator', 'local', 'fixtures', 'bench', 'deploy', 'test'],
  'ops/report': ['clients/web', 'local', 'bench', 'test'],
  'examples/mobile': [...PRODUCTION, 'clients/operator', ...AROUND],
};

/** A room → rooms that it knows. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'functions/src/http/router.ts': DESK,
  'functions/src/http/operator': ['functions/src/operator', 'functions/src/scans'],
  'functions/src/operator': ['functions/src/scans'],
  'functions/src/http': ['functions/src/scans'],
  'clients/operator/src': ['clients/web'],
  ops: ['worker', 'functions', 'shared', 'clients/terminal'],
  local: [...PRODUCTION, 'ops'],
  bench: [...PRODUCTION, 'ops', 'local', 'fixtures', 'test'],
};

/** A folder → the name of the package in it. */
const PACKAGES = new Map(
  manifest.workspaces.map((folder) => {
    const { name } = JSON.parse(readFileSync(join(repositoryRoot, folder, 'package.json'), 'utf8'));
    return [folder, name as string];
  }),
);

const arrows = (rooms: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(rooms).flatMap(([from, to]) => to.map((room) => ({ from, room })));

/** Extensions by which a room's files can end. */
const endings = (from: string) => (/^clients\/(web|operator)|^examples/.test(from) ? ['ts', 'tsx'] : ['ts']);

interface Probe {
  /** The file that imports, in a tree of its own for each arrow from a room that is one file. */
  path: string;
  imports: string;
}

/** The files that make one arrow. */
function probesOf({ from, room }: { from: string; room: string }): Probe[] {
  const folder = [...PACKAGES.keys()].find((each) => room === each || room.startsWith(`${each}/`));
  const byName = folder && `${PACKAGES.get(folder)}${room.slice(folder.length)}/something.ts`;
  const named = room.replaceAll('/', '-');
  const paths = from.endsWith('.ts')
    ? [`${named}/${from}`]
    : endings(from).map((ending) => `all/${from}/knows-${named}.${ending}`);
  return paths.flatMap((path) => {
    const root = path.split('/')[0]!;
    const byPath = relative(dirname(path), join(root, room, 'something.ts'));
    return [
      { path, imports: byPath.startsWith('.') ? byPath : `./${byPath}` },
      ...(byName ? [{ path: `by-name-${path}`, imports: byName }] : []),
    ];
  });
}

let trees: string;
/** The files in which lint found a forbidden import, relative to the trees. */
const refused = new Set<string>();

beforeAll(async () => {
  trees = mkdtempSync(join(tmpdir(), 'rooms-'));
  const roots = new Set<string>();
  for (const { path, imports } of [...arrows(UNKNOWN), ...arrows(KNOWN)].flatMap(probesOf)) {
    const file = join(trees, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `import { something } from '${imports}';\n\nexport const known = something;\n`);
    roots.add(path.split('/')[0]!);
  }
  for (const root of roots) {
    const tree = join(trees, root);
    cpSync(join(repositoryRoot, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
    const { stdout } = await execa('oxlint', ['--format', 'json'], {
      cwd: tree,
      reject: false,
      preferLocal: true,
      localDir: repositoryRoot,
    });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
    for (const { code, filename } of diagnostics)
      if (code.includes('no-restricted-imports')) refused.add(`${root}/${filename}`);
  }
});

afterAll(() => rmSync(trees, { recursive: true }));

test.each(arrows(UNKNOWN))('$from does not know $room', (arrow) => {
  for (const { path } of probesOf(arrow)) expect(refused).toContain(path);
});

test.each(arrows(KNOWN))('$from may know $room', (arrow) => {
  for (const { path } of probesOf(arrow)) expect(refused).not.toContain(path);
});
