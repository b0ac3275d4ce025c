/**
 * The size of the web client's scripts: what must load before the first screen, all of it, and what only the gate's networks
 * need.
 */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { buildWeb } from '../../local/stack/builds.ts';
import { repositoryRoot } from '../../repository.ts';

const DIST = join(repositoryRoot, 'clients/web/dist');
const KIB = 1024;

beforeAll(() => buildWeb(new AbortController().signal));

const sizeOf = async (file: string) => gzipSync(await readFile(join(DIST, file))).length;
const sum = async (files: Iterable<string>) =>
  (await Promise.all([...files].map(sizeOf))).reduce((total, size) => total + size, 0);

/** The scripts that a script imports statically, including itself. */
async function withImports(file: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(file)) return found;
  found.add(file);
  const text = await readFile(join(DIST, file), 'utf8');
  for (const [, name] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
    await withImports(`assets/${name}`, found);
  return found;
}

it('is at most 170 KiB (gzip) before the first screen, and 400 KiB in all but what runs the networks', async () => {
  const page = await readFile(join(DIST, 'index.html'), 'utf8');
  // The operator's desk is in the same folder, but is another page.
  const files = (await readdir(DIST, { recursive: true })).filter((file) => !file.startsWith('operator/'));
  const first = new Set<string>();
  for (const [, file] of page.matchAll(/(?:src|href)="\/(assets\/[\w.-]+\.js)"/g))
    await withImports(file!, first);
  // The sign-in form loads after the text above it.
  await withImports(
    files.find((file) => /^assets\/app-(?!check)[\w-]+\.js$/.test(file))!,
    first,
  );
  expect(first.size).toBeGreaterThan(1);
  expect(await sum(first)).toBeLessThanOrEqual(170 * KIB);
  const isGate = (file: string) => /assets\/gate-worker-[\w-]+\.js$/.test(file);
  const all = files.filter((file) => file.endsWith('.js') && !isGate(file));
  expect(all.length).toBeGreaterThan(first.size);
  expect(await sum(all)).toBeLessThanOrEqual(400 * KIB);
  // A web worker loads these once photos are needed.
  expect(await sum(files.filter(isGate))).toBeLessThanOrEqual(150 * KIB);
});
