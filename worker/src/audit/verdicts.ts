/** Compares all audit chains with an anchor: finds what is wrong with each chain, and which chains are missing. */

import type { AuditFault } from '@reddyfit/shared/audit/check';
import { DAY_MS } from '@reddyfit/shared/durations';
import { sha256 } from './firestore-audit.ts';
import type { AuditChains, NamedChain } from './ports.ts';
import type { AnchoredHead } from './anchor.ts';
import { checkChain } from './check-chain.ts';
import { byBytes } from './order.ts';

/** What was found about one chain. */
export interface Verdict {
  chain: string;
  /**
   * What the next anchor stores for this chain: the chain's own end when it agrees with the last anchor; the last
   * anchor's value when it does not, until an operator has repaired the chain; null when the chain has no entries and
   * was in no anchor.
   */
  head: AnchoredHead | null;
  entries: number;
  faults: AuditFault[];
}

/** The anchor with which chains are compared. */
export interface Anchored {
  /** YYYY-MM-DD. */
  day: string;
  /** When the verification that made the anchor began. */
  at: string;
}

/**
 * Tolerance for clocks that differ (ms): an erasure recorded up to this long before the anchor was begun excuses a
 * missing chain.
 */
const SLACK_MS = DAY_MS;

/** Checks chains by their own hashes and, when an anchor is given, by the anchor's heads. */
export function judge(chains: AuditChains, anchored: Anchored | null) {
  let erased: Promise<ReadonlySet<string>> | undefined;
  /** True when the deletion of an account recorded that it erased the chain. */
  const wentByRight = async (chain: string) => {
    const since = new Date(Date.parse(anchored!.at) - SLACK_MS).toISOString();
    return (await (erased ??= chains.erased(since))).has(sha256(chain));
  };
  return {
    /** Judges a chain that exists. `prior` is its head in the anchor. */
    async chain(found: NamedChain, prior?: AnchoredHead): Promise<Verdict> {
      const { stored, faults } = await checkChain(chains, found);
      const verdict = { chain: stored.chain, head: endOf(stored), entries: stored.entries.length, faults };
      const broken = prior && sinceAnchored(stored, prior, anchored!.day);
      if (!broken || (await wentByRight(stored.chain))) return verdict;
      return { ...verdict, head: prior, faults: [...faults, broken] };
    },
    /** Judges a chain that is in the anchor and no longer exists; null when it was deleted with its account. */
    async gone(prior: AnchoredHead): Promise<Verdict | null> {
      if (await wentByRight(prior.chain)) return null;
      const text = `the chain is missing: it was anchored on ${anchored!.day}`;
      return { chain: prior.chain, head: prior, entries: 0, faults: [{ kind: 'missing', seq: null, text }] };
    },
  };
}

/**
 * Yields a verdict for each chain after `after`, and for each chain that the anchor names and that is missing without
 * the deletion of an account, in the order of names. `anchored.heads` must begin after the same chain.
 */
export async function* verdicts(
  chains: AuditChains,
  anchored: (Anchored & { heads: AsyncGenerator<AnchoredHead, undefined> }) | null,
  after?: string,
): AsyncGenerator<Verdict> {
  const judged = judge(chains, anchored);
  const next = async () => (anchored ? (await anchored.heads.next()).value : undefined);
  let prior = await next();
  for await (const found of chains.all(after)) {
    for (; prior && byBytes(prior.chain, found.chain) < 0; prior = await next()) {
      const gone = await judged.gone(prior);
      if (gone) yield gone;
    }
    const same = prior?.chain === found.chain ? prior : undefined;
    if (same) prior = await next();
    yield await judged.chain(found, same);
  }
  for (; prior; prior = await next()) {
    const gone = await judged.gone(prior);
    if (gone) yield gone;
  }
}

/** The fault of a chain that no longer contains the anchored entry as it was anchored; null when it does. */
function sinceAnchored(stored: NamedChain, anchored: AnchoredHead, day: string): AuditFault | null {
  const { seq } = anchored;
  const entry = stored.entries.find(({ id }) => id === `${seq}`)?.data as { hash?: unknown } | undefined;
  if (entry?.hash === anchored.hash) return null;
  return entry
    ? { kind: 'changed', seq, text: `entry ${seq} is not the one that was anchored on ${day}` }
    : { kind: 'missing', seq, text: `entry ${seq} is missing: it was anchored on ${day}` };
}

/** The number and hash of a chain's last entry; null when it has no entry with a hash. */
function endOf({ chain, entries }: NamedChain): AnchoredHead | null {
  const last = entries.reduce((most, { id }) => Math.max(most, Number(id) || 0), 0);
  const entry = entries.find(({ id }) => id === `${last}`)?.data as { hash?: unknown } | undefined;
  return typeof entry?.hash === 'string' ? { chain, seq: last, hash: entry.hash } : null;
}
