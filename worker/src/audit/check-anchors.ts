/** Checks anchors: that each is what was written, agrees with its pages, and follows the one before. */

import { archived } from '@reddyfit/shared/audit/archive';
import type { Archive } from '../archive/ports.ts';
import {
  type Anchor,
  anchorsUntil,
  brokenObject,
  firstRoot,
  headsOf,
  nextRoot,
  PAGES_AT_ONCE,
  readAnchor,
} from './anchor.ts';

/** The `most` latest of the anchors of `day` (YYYY-MM-DD) and of the days before, the latest first, and whether there are more. */
export async function anchorObjects(
  archive: Pick<Archive, 'list'>,
  day: string,
  most: number,
): Promise<{ objects: string[]; more: boolean }> {
  const objects: string[] = [];
  for await (const object of anchorsUntil(archive, day)) {
    if (objects.length === most) return { objects, more: true };
    objects.push(object);
  }
  return { objects, more: false };
}

/** What was found of some anchors that follow each other. */
export interface CheckedAnchors {
  checked: number;
  broken: number;
  faults: string[];
  /** The days of the oldest and of the latest that could be read. */
  first: string | null;
  last: string | null;
  /** The latest that is whole. */
  whole: { object: string; root: string; day: string } | null;
}

/**
 * Checks `objects`, the latest first. `older` is the anchor before the last of them; null when there is none; undefined when it is
 * not checked. Throws what the archive throws when it is away.
 */
export async function checkAnchors(
  archive: Pick<Archive, 'read'>,
  objects: readonly string[],
  older: string | null | undefined,
): Promise<CheckedAnchors> {
  const found: CheckedAnchors = { checked: 0, broken: 0, faults: [], first: null, last: null, whole: null };
  for (const [index, object] of objects.entries()) {
    const before = index + 1 < objects.length ? objects[index + 1] : older;
    // oxlint-disable-next-line no-await-in-loop -- one after the other: each may have hundreds of pages
    const { anchor, faults } = await checkAnchor(archive, object, before);
    found.checked += 1;
    if (anchor) {
      found.last ??= anchor.day;
      found.first = anchor.day;
    }
    if (faults.length > 0) found.broken += 1;
    else if (anchor) found.whole ??= { object, root: anchor.root, day: anchor.day };
    found.faults.push(...faults.map((fault) => `${object}: ${fault}`));
  }
  return found;
}

/**
 * Checks `objects`, the latest first, and tells of each by itself as soon as it is checked. `more`: the anchor before the last of them
 * is not checked.
 */
export async function* checkedAnchors(
  archive: Pick<Archive, 'read'>,
  { objects, more }: { objects: readonly string[]; more: boolean },
): AsyncGenerator<CheckedAnchors> {
  for (const [index, object] of objects.entries()) {
    const older = objects[index + 1] ?? (more ? undefined : null);
    yield await checkAnchors(archive, [object], older);
  }
}

async function checkAnchor(
  archive: Pick<Archive, 'read'>,
  object: string,
  older: string | null | undefined,
): Promise<{ anchor: Anchor | null; faults: string[] }> {
  const anchor = await orFault(object, () => readAnchor(archive, object));
  if (typeof anchor === 'string') return { anchor: null, faults: [anchor] };
  if (!anchor) return { anchor: null, faults: ['the anchor is missing'] };
  const faults: string[] = [];
  if (archived.anchor(anchor.day) !== object) faults.push(`it is the anchor of ${anchor.day}`);

  const root = await orFault(object, async () => {
    let sum = firstRoot(anchor.previous);
    for await (const head of headsOf(archive, anchor, null, { atOnce: PAGES_AT_ONCE }))
      sum = nextRoot(sum, head);
    return { sum };
  });
  if (typeof root === 'string') faults.push(root);
  else if (root.sum !== anchor.root) faults.push('its root is not that of its chains');

  const { previous } = anchor;
  if (older !== undefined && (previous?.object ?? null) !== older) {
    const said = previous ? `it follows ${previous.object}` : 'it follows none';
    faults.push(`${said}, and before it lies ${older ?? 'none'}`);
  } else if (previous) {
    const before = await orFault(previous.object, () => readAnchor(archive, previous.object));
    // One that cannot be read is a fault of its own.
    if (before && typeof before !== 'string' && before.root !== previous.root)
      faults.push(`it follows another root of ${previous.object}`);
  }
  return { anchor, faults };
}

/** What `read` resolves with, or in words that what it reads is not what was archived. */
async function orFault<Read>(object: string, read: () => Promise<Read>): Promise<Read | string> {
  try {
    return await read();
  } catch (error) {
    return brokenObject(object, error).fault;
  }
}
