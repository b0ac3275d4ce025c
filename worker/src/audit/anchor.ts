/**
 * Anchors: a day's anchor holds the heads of all audit chains, in the archive, where nothing can be changed. Its pages
 * list the heads in the order of the chains' names. Its root is a running hash over all heads, which begins with the
 * root of the anchor before.
 */

import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { archived } from '@reddyfit/shared/audit/archive';
import { canonicalJson } from '@reddyfit/shared/audit/chain';
import { z } from 'zod';
import { sha256 } from './firestore-audit.ts';
import { type Archive, NotAsArchived } from '../archive/ports.ts';
import { byBytes } from './order.ts';

/** The last entry of a chain: its number and its hash. */
export interface AnchoredHead {
  chain: string;
  seq: number;
  hash: string;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Names of objects as `archived` of shared/audit makes them: the archive is asked for no other. */
const anchorName = z.string().regex(/^audit-anchors\/\d{4}\/\d{2}\/\d{2}\.json$/);
const pageName = z.string().regex(/^audit-anchors\/\d{4}\/\d{2}\/\d{2}\/\d{6,}\.ndjson\.gz$/);

const anchorFile = z.object({
  version: z.literal(1),
  /** YYYY-MM-DD. */
  day: z.iso.date(),
  /** When the verification that made the anchor began. */
  at: z.iso.datetime(),
  root: hash,
  previous: z.object({ object: anchorName, root: hash }).nullable(),
  chains: z.number().int().nonnegative(),
  entries: z.number().int().nonnegative(),
  broken: z.number().int().nonnegative(),
  pages: z.array(z.object({ object: pageName, sha256: hash, last: z.string().nullable() })),
});
export type Anchor = z.infer<typeof anchorFile>;

/** The value with which the root of a day begins: SHA-256 of the previous anchor's root, or of the empty string without one. */
export function firstRoot(previous: { root: string } | null): string {
  return sha256(previous?.root ?? '');
}

/** The root after one more head: SHA-256 of the root before and the canonical JSON of `[chain, seq, hash]`. */
export function nextRoot(root: string, head: AnchoredHead): string {
  return sha256(root + canonicalJson([head.chain, head.seq, head.hash]));
}

/** A page: a line of JSON for each head, gzipped. */
export function packHeads(heads: readonly AnchoredHead[]): Promise<Buffer> {
  const lines = heads.map(({ chain, seq, hash: end }) => JSON.stringify([chain, seq, end]));
  return promisify(gzip)(lines.join('\n'));
}

const line = z.tuple([z.string(), z.number().int().nonnegative(), hash]);

/** The heads of a page, the content of `object`. Throws NotAnchored when it is no page. */
export async function unpackHeads(object: string, content: Buffer): Promise<AnchoredHead[]> {
  try {
    const text = (await promisify(gunzip)(content)).toString('utf8');
    if (text === '') return [];
    return text.split('\n').map((json) => {
      const [chain, seq, end] = line.parse(JSON.parse(json));
      return { chain, seq, hash: end };
    });
  } catch (cause) {
    throw new NotAnchored(`${object} is no page of an anchor`, { cause });
  }
}

export function packAnchor(anchor: Anchor): Buffer {
  return Buffer.from(`${JSON.stringify(anchorFile.parse(anchor), null, 2)}\n`);
}

/** Thrown when an object of the archive is no anchor, or is not the page that an anchor names. */
export class NotAnchored extends Error {
  override readonly name = 'NotAnchored';
}

/** An object that is broken, and what is wrong with it, which begins with its name. */
export interface BrokenObject {
  object: string;
  fault: string;
}

/** What is wrong with `object` when `error` says that its content is. Throws the error when it is another, as of an archive that is away. */
export function brokenObject(object: string, error: unknown): BrokenObject {
  if (error instanceof NotAsArchived || error instanceof NotAnchored) return { object, fault: error.message };
  throw error;
}

/** The anchor stored as `object`, or null when the object does not exist. Throws NotAnchored when its content is not an anchor. */
export async function readAnchor(archive: Pick<Archive, 'read'>, object: string): Promise<Anchor | null> {
  const found = await archive.read(object);
  if (!found) return null;
  try {
    return anchorFile.parse(JSON.parse(found.content.toString('utf8')));
  } catch (cause) {
    throw new NotAnchored(`${object} is no anchor`, { cause });
  }
}

/** How many months to search backwards for anchors. */
const MOST_MONTHS = 36;

/** Names of the anchors of `day` (YYYY-MM-DD) and of the days before, the latest first. A month is listed when its turn comes. */
export async function* anchorsUntil(
  archive: Pick<Archive, 'list'>,
  day: string,
): AsyncGenerator<string, undefined> {
  const last = archived.anchor(day);
  const month = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  for (let looked = 0; looked < MOST_MONTHS; looked += 1) {
    const folder = archived.anchorsOf(month.toISOString().slice(0, 7).replace('-', '/'));
    const ofMonth: string[] = [];
    for await (const { object } of archive.list(folder, { flat: true })) {
      if (object.endsWith('.json') && object <= last) ofMonth.unshift(object);
    }
    yield* ofMonth;
    month.setUTCMonth(month.getUTCMonth() - 1);
  }
  return undefined;
}

/**
 * The latest anchor of `day` (YYYY-MM-DD) or of a day before it; null when the last 36 months have none. One that is broken is
 * told to `onBroken` and passed over; without that function, the error is thrown.
 */
export async function latestAnchor(
  archive: Pick<Archive, 'read' | 'list'>,
  day: string,
  onBroken?: (broken: BrokenObject) => void,
): Promise<{ object: string; anchor: Anchor } | null> {
  for await (const object of anchorsUntil(archive, day)) {
    try {
      const anchor = await readAnchor(archive, object);
      if (anchor) return { object, anchor };
    } catch (error) {
      if (!onBroken) throw error;
      onBroken(brokenObject(object, error));
    }
  }
  return null;
}

/** How many pages of an anchor are read at the same time. A page of 500 heads takes some 60 kB. */
export const PAGES_AT_ONCE = 8;

/**
 * The heads in an anchor whose chains come after `after` in order of name. A page that is not what the anchor names, or whose
 * content is none, is told to `onBroken` and passed over; without that function, NotAnchored or NotAsArchived is thrown.
 */
export async function* headsOf(
  archive: Pick<Archive, 'read'>,
  anchor: Anchor,
  after: string | null,
  { onBroken, atOnce = 1 }: { onBroken?: (broken: BrokenObject) => void; atOnce?: number } = {},
): AsyncGenerator<AnchoredHead, undefined> {
  const left = anchor.pages.filter(({ last }) => after === null || last === null || byBytes(last, after) > 0);
  const reading: Promise<AnchoredHead[]>[] = [];
  while (left.length > 0 || reading.length > 0) {
    while (left.length > 0 && reading.length < atOnce) {
      const page = readPage(archive, left.shift()!, onBroken);
      // Whoever comes to this page gets its error; before that nobody waits for it.
      page.catch(() => undefined);
      reading.push(page);
    }
    for (const head of await reading.shift()!) {
      if (after === null || byBytes(head.chain, after) > 0) yield head;
    }
  }
  return undefined;
}

async function readPage(
  archive: Pick<Archive, 'read'>,
  { object, sha256: named }: Anchor['pages'][number],
  onBroken?: (broken: BrokenObject) => void,
): Promise<AnchoredHead[]> {
  try {
    const found = await archive.read(object);
    if (found?.about.sha256 !== named) throw new NotAnchored(`${object} is not what its anchor names`);
    return await unpackHeads(object, found.content);
  } catch (error) {
    if (!onBroken) throw error;
    onBroken(brokenObject(object, error));
    return [];
  }
}

/**
 * The head of one chain in an anchor; undefined when the anchor does not have the chain. A page that is broken is told to `onBroken`,
 * and its chains are taken for ones that the anchor does not have.
 */
export async function headOf(
  archive: Pick<Archive, 'read'>,
  anchor: Anchor,
  chain: string,
  onBroken: (broken: BrokenObject) => void,
): Promise<AnchoredHead | undefined> {
  const page = anchor.pages.find(({ last }) => last === null || byBytes(last, chain) >= 0);
  if (!page) return undefined;
  for await (const head of headsOf(archive, { ...anchor, pages: [page] }, null, { onBroken })) {
    if (head.chain === chain) return head;
  }
  return undefined;
}
