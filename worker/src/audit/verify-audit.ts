/**
 * The activities planVerification, verifyAuditPage and anchorAudit, which check the chains and store their heads in the archive,
 * and planAuditCheck and checkAnchors, which check what is stored there.
 */

import { archived } from '@reddyfit/shared/audit/archive';
import {
  type AnchoredHead,
  firstRoot,
  headsOf,
  latestAnchor,
  nextRoot,
  packAnchor,
  packHeads,
  readAnchor,
  unpackHeads,
} from './anchor.ts';
import { anchorObjects, checkAnchors } from './check-anchors.ts';
import { byBytes } from './order.ts';
import { type Verdict, verdicts } from './verdicts.ts';
import { log } from '../platform/logs.ts';
import type { Archive } from '../archive/ports.ts';
import type { AuditChains, AuditVerification } from './ports.ts';
import type { Operations } from '../operations/firestore-operations.ts';
import type { OperationsActivities } from '../operations/activities.ts';

/** Chains per page. A chain has about fifteen entries, and an entry has about 400 bytes. */
const PAGE = 500;

/** The most descriptions of faults in the result of a page, and in that of the whole verification. */
const MOST_FAULTS = 10;

export interface AuditSources {
  archive: Archive;
  chains: AuditChains;
  operations: Operations;
}

type Activity = 'planVerification' | 'verifyAuditPage' | 'anchorAudit' | 'planAuditCheck' | 'checkAnchors';

/** Makes the activities. `pageSize` is in chains. */
export function createVerifyAudit(
  { archive, chains, operations }: AuditSources,
  now: () => number,
  pageSize = PAGE,
): Pick<OperationsActivities, Activity> {
  return {
    async planVerification() {
      const at = new Date(now()).toISOString();
      const day = at.slice(0, 10);
      const latest = await latestAnchor(archive, day);
      const previous = latest && { object: latest.object, root: latest.anchor.root };
      return { day, at, previous, firstRoot: firstRoot(previous), anchoring: latest?.anchor.day !== day };
    },

    async planAuditCheck({ most }) {
      const at = new Date(now()).toISOString();
      const day = at.slice(0, 10);
      return { day, at, ...(await anchorObjects(archive, day, most)) };
    },

    checkAnchors: ({ objects, older }) => checkAnchors(archive, objects, older),

    async verifyAuditPage({ day, previous, anchoring, page, after, root }) {
      const object = archived.anchorPage(day, page);
      // A page that an earlier attempt wrote cannot be replaced, so it decides where this page ends.
      const earlier = anchoring ? await archive.read(object) : null;
      const kept = earlier && (await unpackHeads(earlier.content));
      const found = { chains: 0, entries: 0, broken: 0, faults: [] as string[] };
      const heads: AnchoredHead[] = [];
      let last: string | null = null;

      const anchor = previous && (await readAnchor(archive, previous.object));
      if (previous && anchor?.root !== previous.root) throw new Error(`${previous.object} was changed`);
      const against = anchor && { ...anchor, heads: headsOf(archive, anchor, after) };
      for await (const verdict of verdicts(chains, against, after ?? undefined)) {
        const full = kept ? isAfter(verdict, kept) : heads.length === pageSize;
        if (full) {
          last = kept ? (kept.at(-1)?.chain ?? after) : heads.at(-1)!.chain;
          break;
        }
        found.entries += verdict.entries;
        if (verdict.entries > 0) found.chains += 1;
        if (verdict.head) heads.push(verdict.head);
        if (verdict.faults.length > 0) {
          found.broken += 1;
          const text = `${verdict.chain}: ${verdict.faults.map((fault) => fault.text).join('; ')}`;
          log('ERROR', 'audit_chain_broken', { chain: verdict.chain, faults: verdict.faults.length });
          if (found.faults.length < MOST_FAULTS) found.faults.push(text);
        }
      }

      const kind = { contentType: 'application/gzip' };
      if (anchoring && !kept) await archive.write(object, await packHeads(heads), kind);
      const written = anchoring ? await archive.read(object) : null;
      const anchoredHeads = written ? await unpackHeads(written.content) : heads;
      return {
        ...found,
        after: last,
        root: anchoredHeads.reduce(nextRoot, root),
        written: written && { object, sha256: written.about.sha256!, last },
      };
    },

    async anchorAudit({ day, at, previous, anchoring, root, chains: count, entries, broken, faults, pages }) {
      const object = archived.anchor(day);
      if (anchoring) {
        const anchor = {
          version: 1,
          day,
          at,
          root,
          previous,
          chains: count,
          entries,
          broken,
          pages,
        } as const;
        await archive.write(object, packAnchor(anchor), { contentType: 'application/json' });
      }
      const anchor = await readAnchor(archive, object);
      const result: AuditVerification = {
        chains: count,
        entries,
        broken,
        faults: faults.slice(0, MOST_FAULTS),
        anchor: object,
        root: anchor!.root,
      };
      await operations.recordVerified(result);
      // The log keeps the root outside of the archive, for an auditor who does not trust the archive.
      log('INFO', 'audit_anchored', { day, root: result.root, chains: count, entries, broken });
      return result;
    },
  };
}

/** Whether a chain comes after all heads of a page that was written earlier. */
function isAfter({ chain }: Verdict, heads: readonly AnchoredHead[]): boolean {
  const last = heads.at(-1)?.chain;
  return last === undefined || byBytes(chain, last) > 0;
}
