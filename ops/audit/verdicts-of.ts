/** Verdicts on single chains. */

import { paths } from '@reddyfit/shared/names/paths';
import { type Anchor, type BrokenObject, headOf } from '../../worker/src/audit/anchor.ts';
import { judge, type Verdict } from '../../worker/src/audit/verdicts.ts';
import type { Archive } from '../../worker/src/archive/ports.ts';
import type { AuditChains } from '../../worker/src/audit/ports.ts';
import type { Accounts } from '../credits/accounts.ts';

interface Sources {
  accounts: Accounts;
  archive: Archive;
  chains: AuditChains;
  /** The latest anchor, which the chains are compared with; null when there is none. */
  anchor: Anchor | null;
  /** Hears of a page of the anchor that is broken: its chains are judged by themselves alone. */
  onBroken: (broken: BrokenObject) => void;
}

/**
 * A verdict on each chain of these names. A chain begins with its first entry, so an absent chain counts as missing only when
 * the anchor has it, or when it is the chain of a scan that the server has written to.
 */
export async function* verdictsOf(
  names: readonly string[],
  { accounts: { db }, archive, chains, anchor, onBroken }: Sources,
): AsyncGenerator<Verdict> {
  const judged = judge(chains, anchor);
  for (const chain of names) {
    const found = await chains.read(chain);
    const prior = anchor ? await headOf(archive, anchor, chain, onBroken) : undefined;
    if (found.head !== undefined || found.entries.length > 0) {
      yield await judged.chain(found, prior);
      continue;
    }
    const gone = prior ? await judged.gone(prior) : null;
    if (gone) yield gone;
    else if ((await db.doc(paths.scan(chain)).get()).get('rev')) {
      const faults = [{ kind: 'missing' as const, seq: null, text: 'the chain is missing' }];
      yield { chain, head: null, entries: 0, faults };
    }
  }
}
