/**
 * The activities planVerification, verifyAuditPage and anchorAudit, which check the chains and store their heads in the archive,
 * and planAuditCheck and checkAnchors, which check what is stored there.
 */

import { archived } from '@reddyfit/shared/audit/archive';
import {
  type Anchor,
  type AnchoredHead,
  type BrokenObject,
  brokenObject,
  firstRoot,
  headsOf,
  latestAnchor,
  nextRoot,
  NotAnchored,
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
      const brokenObjects: BrokenObject[] = [];
      const latest = await latestAnchor(archive, day, (broken) => brokenObjects.push(tell(broken)));
      const previous = latest && { object: latest.object, root: latest.anchor.root };
      const isThere = [latest, ...brokenObjects].some((found) => found?.object === archived.anchor(day));
      return { day, at, previous, firstRoot: firstRoot(previous), anchoring: !isThere, brokenObjects };
    },

    async planAuditCheck({ most }) {
      const at = new Date(now()).toISOString();
      const day = at.slice(0, 10);
      return { day, at, ...(await anchorObjects(archive, day, most)) };
    },

    checkAnchors: ({ objects, older }) => checkAnchors(archive, objects, older),

    async verifyAuditPage({ day, previous, anchoring, page, after, root }) {
      const object = archived.anchorPage(day, page);
      const brokenObjects: BrokenObject[] = [];
      const onBroken = (broken: BrokenObject) => void brokenObjects.push(tell(broken));
      // A page that an earlier attempt wrote cannot be replaced, so it decides where this page ends. Where somebody else has
      // put something there, the day gets no anchor, and the chains are verified all the same.
      const earlier = anchoring ? await pageThere(object, onBroken) : null;
      const kept = earlier === 'broken' ? null : earlier?.heads;
      const writing = anchoring && earlier !== 'broken';
      const found = { chains: 0, entries: 0, broken: 0, faults: [] as string[] };
      const heads: AnchoredHead[] = [];
      let last: string | null = null;

      const anchor = previous && (await unchanged(previous, onBroken));
      const against = anchor && { ...anchor, heads: headsOf(archive, anchor, after, { onBroken }) };
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
      if (writing && !kept) await archive.write(object, await packHeads(heads), kind);
      const there = writing ? await pageThere(object, onBroken) : null;
      const written = there === 'broken' ? null : there;
      return {
        ...found,
        after: last,
        root: (written?.heads ?? heads).reduce(nextRoot, root),
        written: written && { object, sha256: written.sha256, last },
        brokenObjects,
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
      const there: BrokenObject[] = [];
      const anchor = await readAnchor(archive, object).catch((error: unknown) => {
        there.push(tell(brokenObject(object, error)));
        return null;
      });
      const result: AuditVerification = {
        chains: count,
        entries,
        broken: Math.max(broken, there.length),
        faults: (faults.length > 0 ? faults : there.map(({ fault }) => fault)).slice(0, MOST_FAULTS),
        anchor: anchor && object,
        root: anchor && anchor.root,
      };
      await operations.recordVerified(result);
      // The log keeps the root outside of the archive, for an auditor who does not trust the archive.
      if (anchor) log('INFO', 'audit_anchored', { day, root: anchor.root, chains: count, entries, broken });
      return result;
    },
  };

  /** The page that lies in the archive already; null when there is none. */
  async function pageThere(
    object: string,
    onBroken: (broken: BrokenObject) => void,
  ): Promise<{ heads: AnchoredHead[]; sha256: string } | 'broken' | null> {
    try {
      const found = await archive.read(object);
      if (!found) return null;
      const { sha256 } = found.about;
      if (sha256 === null) throw new NotAnchored(`${object} has no SHA-256`);
      return { heads: await unpackHeads(object, found.content), sha256 };
    } catch (error) {
      onBroken(brokenObject(object, error));
      return 'broken';
    }
  }

  /** The anchor that the plan names; null when it is not what it was then. */
  async function unchanged(
    { object, root }: { object: string; root: string },
    onBroken: (broken: BrokenObject) => void,
  ): Promise<Anchor | null> {
    try {
      const anchor = await readAnchor(archive, object);
      if (anchor?.root === root) return anchor;
      throw new NotAnchored(`${object} was changed since the verification began`);
    } catch (error) {
      onBroken(brokenObject(object, error));
      return null;
    }
  }
}

/** Logs that an object of the archive is broken. */
function tell(broken: BrokenObject): BrokenObject {
  log('ERROR', 'audit_object_broken', { object: broken.object });
  return broken;
}

/** Whether a chain comes after all heads of a page that was written earlier. */
function isAfter({ chain }: Verdict, heads: readonly AnchoredHead[]): boolean {
  const last = heads.at(-1)?.chain;
  return last === undefined || byBytes(chain, last) > 0;
}
