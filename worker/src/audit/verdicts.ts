/** Goes through all audit chains beside those of an anchor: what is wrong with each, and which are gone. */

import type { AuditFault } from '@reddyfit/shared/audit/check';
import { sha256 } from './firestore-audit.ts';
import type { AuditChains, NamedChain } from './ports.ts';
import type { AnchoredHead } from './anchor.ts';
import { checkChain } from './check-chain.ts';
import { byBytes } from './order.ts';

/** A chain and what was found. */
export interface Verdict {
  chain: string;
  /**
   * What the next anchor keeps of this chain. Of a chain that agrees with the last anchor, where its entries end; of one that does not, the
   * last anchor's own value, until an operator has put the chain right; null for a chain that has no entries and was in no anchor.
   */
  head: AnchoredHead | null;
  entries: number;
  faults: AuditFault[];
}

/** The anchor that chains are held against. */
export interface Anchored {
  /** YYYY-MM-DD. */
  day: string;
  /** When it was begun. */
  at: string;
}

/** A chain that is gone may have been erased this long (ms) before its anchor was begun, by clocks that differ. */
const SLACK_MS = 24 * 3_600_000;

/** Judges chains by themselves and, where one is given, by what was anchored of them. */
export function judge(chains: AuditChains, anchored: Anchored | null) {
  let erased: Promise<ReadonlySet<string>> | undefined;
  /** By the record of an account's deletion. */
  const wentByRight = async (chain: string) => {
    const since = new Date(Date.parse(anchored!.at) - SLACK_MS).toISOString();
    return (await (erased ??= chains.erased(since))).has(sha256(chain));
  };
  return {
    /** Of a chain that is there. `prior` is what the anchor has of it. */
    async chain(found: NamedChain, prior?: AnchoredHead): Promise<Verdict> {
      const { stored, faults } = await checkChain(chains, found);
      const verdict = { chain: stored.chain, head: endOf(stored), entries: stored.entries.length, faults };
      const broken = prior && sinceAnchored(stored, prior, anchored!.day);
      if (!broken || (await wentByRight(stored.chain))) return verdict;
      return { ...verdict, head: prior, faults: [...faults, broken] };
    },
    /** Of one that the anchor has and that is gone; null when it went with its account. */
    async gone(prior: AnchoredHead): Promise<Verdict | null> {
      if (await wentByRight(prior.chain)) return null;
      const text = `the chain is missing: it was anchored on ${anchored!.day}`;
      return { chain: prior.chain, head: prior, entries: 0, faults: [{ kind: 'missing', seq: null, text }] };
    },
  };
}

/**
 * A verdict for each chain after `after`, and for each that the anchor names and that is gone without right, in the order of names.
 * The anchor's heads are those after the same chain.
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

/** What was done since to a chain that must still begin with what was anchored. */
function sinceAnchored(stored: NamedChain, anchored: AnchoredHead, day: string): AuditFault | null {
  const { seq } = anchored;
  const entry = stored.entries.find(({ id }) => id === `${seq}`)?.data as { hash?: unknown } | undefined;
  if (entry?.hash === anchored.hash) return null;
  return entry
    ? { kind: 'changed', seq, text: `entry ${seq} is not the one that was anchored on ${day}` }
    : { kind: 'missing', seq, text: `entry ${seq} is missing: it was anchored on ${day}` };
}

/** The last entry's place and hash; what an anchor keeps of a chain. */
function endOf({ chain, entries }: NamedChain): AnchoredHead | null {
  const last = entries.reduce((most, { id }) => Math.max(most, Number(id) || 0), 0);
  const entry = entries.find(({ id }) => id === `${last}`)?.data as { hash?: unknown } | undefined;
  return typeof entry?.hash === 'string' ? { chain, seq: last, hash: entry.hash } : null;
}
