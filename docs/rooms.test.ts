/**
 * Lint fails on every arrow between rooms that ARCHITECTURE.md ("Who may know whom") does not allow, and on none that it allows.
 * A file is made for each in a temporary tree, which lint reads with the project's own settings.
 */

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from '../repository.ts';

const PRODUCTION = ['shared', 'functions', 'worker', 'clients/web'];
const AROUND = ['ops', 'local', 'fixtures', 'bench', 'deploy', 'test'];

/** A room → the rooms that it does not know. */
const UNKNOWN: Readonly<Record<string, readonly string[]>> = {
  'shared/src/scan': ['worker', 'functions', 'clients/sdk', ...AROUND],
  worker: ['functions', 'clients/terminal', ...AROUND],
  'worker/src/scan': ['functions', 'clients/sdk', ...AROUND],
  'functions/src': ['worker', 'clients/sdk', ...AROUND],
  'functions/src/scans': [
    'worker',
    'clients/sdk',
    'functions/src/operator',
    'functions/src/http/operator',
    ...AROUND,
  ],
  'functions/src/operator': ['worker', 'clients/operator', ...AROUND],
  'clients/sdk/src': ['worker', 'functions', 'clients/operator', ...AROUND],
  'clients/terminal': ['worker', 'functions', 'clients/operator', ...AROUND],
  'clients/web/src': ['worker', 'functions', 'clients/operator', ...AROUND],
  'clients/operator/src': ['worker', 'functions', ...AROUND],
  ops: ['clients/sdk', 'clients/web', 'clients/operator', 'local', 'fixtures', 'bench', 'deploy', 'test'],
  'ops/report': ['clients/web', 'local', 'bench', 'test'],
  'examples/mobile': [...PRODUCTION, ...AROUND],
};

/** A room → rooms that it knows. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'functions/src/http': ['functions/src/operator', 'functions/src/http/operator', 'functions/src/scans'],
  'clients/operator/src': ['clients/web'],
  ops: ['worker', 'functions', 'shared', 'clients/terminal'],
  local: [...PRODUCTION, 'ops'],
  bench: [...PRODUCTION, 'ops', 'local', 'fixtures', 'test'],
};

const arrows = (rooms: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(rooms).flatMap(([from, to]) => to.map((room) => ({ from, room })));

/** Extensions by which a room's files can end. */
const endings = (from: string) => (/^clients\/(web|operator)|^examples/.test(from) ? ['ts', 'tsx'] : ['ts']);

let tree: string;
/** The files in which lint found a forbidden import, relative to the tree. */
let refused: Set<string>;

const fileOf = (from: string, room: string, ending: string) =>
  `${from}/knows-${room.replaceAll('/', '-')}.${ending}`;

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'rooms-'));
  cpSync(join(repositoryRoot, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
  for (const { from, room } of [...arrows(UNKNOWN), ...arrows(KNOWN)]) {
    for (const ending of endings(from)) {
      const path = join(tree, fileOf(from, room, ending));
      mkdirSync(dirname(path), { recursive: true });
      const target = relative(dirname(path), join(tree, room, 'something.ts'));
      writeFileSync(path, `import { something } from '${target}';\n\nexport const known = something;\n`);
    }
  }
  const { stdout } = await execa('oxlint', ['--format', 'json'], {
    cwd: tree,
    reject: false,
    preferLocal: true,
    localDir: repositoryRoot,
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  refused = new Set(
    diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).map(({ filename }) => filename),
  );
});

afterAll(() => rmSync(tree, { recursive: true }));

test.each(arrows(UNKNOWN))('$from does not know $room', ({ from, room }) => {
  for (const ending of endings(from)) expect(refused).toContain(fileOf(from, room, ending));
});

test.each(arrows(KNOWN))('$from may know $room', ({ from, room }) => {
  for (const ending of endings(from)) expect(refused).not.toContain(fileOf(from, room, ending));
});
