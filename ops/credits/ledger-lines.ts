/** An account as lines of text. */

import type { ShownAccount } from './accounts.ts';

/** The balance, then the ledger as a table, oldest first. A line says so when the two do not agree. */
export function ledgerLines({ uid, scanCredits, sums, ledger }: ShownAccount): string[] {
  const rows = ledger.map(({ at, kind, amount, id, actor }) =>
    [
      `  ${at.slice(0, 19).replace('T', ' ')}`,
      kind.padEnd(7),
      `${amount > 0 ? '+' : ''}${amount}`.padStart(6),
      id,
      ...(actor ? [`by ${actor}`] : []),
    ].join('  '),
  );
  return [
    `${uid}: ${scanCredits} credit${scanCredits === 1 ? '' : 's'}`,
    ...rows,
    ...(sums ? [] : ['The ledger does not sum to the balance.']),
  ];
}
