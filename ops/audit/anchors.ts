/** The anchors of the archive, as a verification by command checks them. */

import { ANCHORS_CHECKED } from '@reddyfit/shared/operator/audit-check';
import type { Archive } from '../../worker/src/archive/ports.ts';
import { type Anchor, type BrokenObject, latestAnchor, readAnchor } from '../../worker/src/audit/anchor.ts';
import { anchorObjects, checkedAnchors } from '../../worker/src/audit/check-anchors.ts';
import type { AnchorsFound } from './lines.ts';

/** Hears of what is wrong with an object of the archive. */
export type OnBroken = (broken: BrokenObject) => void;

/**
 * Checks the latest anchors until `day` (YYYY-MM-DD), 400 at most, by the function of the desk's verification, and tells `onBroken` of
 * each fault. `anchor` is the latest that is whole; null when there is none. Throws what the archive throws when it is away.
 */
export async function checkEveryAnchor(
  archive: Archive,
  day: string,
  onBroken: OnBroken,
): Promise<{ anchor: Anchor | null; anchors: AnchorsFound }> {
  const there = await anchorObjects(archive, day, ANCHORS_CHECKED);
  const anchors: AnchorsFound = { checked: 0, more: there.more, first: null, last: null };
  let whole: string | null = null;
  for await (const found of checkedAnchors(archive, there)) {
    const object = there.objects[anchors.checked]!;
    for (const fault of found.faults) onBroken({ object, fault });
    anchors.checked += 1;
    anchors.last ??= found.last;
    anchors.first = found.first ?? anchors.first;
    whole ??= found.whole && found.whole.object;
  }
  return { anchor: whole === null ? null : await readAnchor(archive, whole), anchors };
}

/** The latest anchor until `day` that can be read, for a verification of single chains; `onBroken` hears of those that cannot. */
export async function anchorToCompare(
  archive: Archive,
  day: string,
  onBroken: OnBroken,
): Promise<{ anchor: Anchor | null; anchors: null }> {
  const latest = await latestAnchor(archive, day, onBroken);
  return { anchor: latest && latest.anchor, anchors: null };
}

/** Remembers broken objects, and gives each fault to `tell` once. */
export function brokenObjects(tell: OnBroken): { add: OnBroken; count: () => number } {
  const faults = new Set<string>();
  const objects = new Set<string>();
  return {
    add(broken) {
      if (faults.has(broken.fault)) return;
      faults.add(broken.fault);
      objects.add(broken.object);
      tell(broken);
    },
    count: () => objects.size,
  };
}
