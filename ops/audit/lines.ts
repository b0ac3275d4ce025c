/** Audit chains as lines for a terminal. */

import type { AuditEntry } from '@reddyfit/shared/audit/chain';
import type { AuditFault } from '@reddyfit/shared/audit/check';
import type { BrokenObject } from '../../worker/src/audit/anchor.ts';

/** What was found of the anchors: the days are those of the oldest and of the latest that could be read. */
export interface AnchorsFound {
  checked: number;
  /** True when there are older ones, which were not checked. */
  more: boolean;
  first: string | null;
  last: string | null;
}

/** The line of a fault, with the name of its chain. */
export function faultLine(chain: string, { text }: AuditFault): string {
  return `✘ ${chain}  ${text}`;
}

/** The line of an object of the archive that is broken. `fault` begins with the object's name. */
export function objectLine(fault: string): string {
  return `✘ ${fault}`;
}

/** The same as a line of JSON, whose faults have a text as those of a chain do. */
export function objectJson({ object, fault }: BrokenObject): string {
  return JSON.stringify({ object, faults: [{ text: fault }] });
}

/** The line of all anchors that were checked, if there was any, and how many objects of theirs are broken. */
export function anchorsLine({ checked, more, first, last }: AnchorsFound, broken: number): string {
  if (checked === 0) return 'no anchor was found';
  const those = `${count(checked, 'anchor')}${more ? ', the latest' : ''}${first ? ` (${first} to ${last})` : ''}`;
  return broken === 0 ? `✔ ${those}: whole` : `✘ ${those}: ${broken} not whole`;
}

/** `anchored` is the day of the anchor that the chains were compared with; null when there is none. */
export function verdictLine(
  totals: { chains: number; entries: number; broken: number },
  anchored: string | null,
): string {
  const { chains, entries, broken } = totals;
  const looked = `${count(chains, 'chain')}, ${count(entries, 'entry', 'entries')}`;
  const held = anchored ? `held against the anchor of ${anchored}` : 'without an anchor';
  return broken === 0 ? `✔ ${looked}: whole (${held})` : `✘ ${looked}: ${broken} not whole (${held})`;
}

/** A chain's entries, oldest first, then its faults. */
export function chainLines(
  chain: string,
  entries: readonly AuditEntry[],
  faults: readonly AuditFault[],
): string[] {
  return [
    chain,
    ...entries.map(({ seq, at, actor, action, detail }) => {
      const said = Object.entries(detail).map(([name, value]) => `${name}=${value}`);
      return [`${seq}`.padStart(5), at, action.padEnd(30), actor, ...said].join('  ');
    }),
    ...faults.map((fault) => faultLine(chain, fault)),
    '',
  ];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
