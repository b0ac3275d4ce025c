import { expect, it } from 'vitest';
import { ledgerLines } from './ledger-lines.ts';

it('shows the balance, and how it came about', () => {
  const lines = ledgerLines({
    uid: 'demo-user',
    scanCredits: 1,
    sums: true,
    broken: [],
    ledger: [
      { id: 'grant-x', kind: 'grant', amount: 2, actor: 'operator:me', at: '2026-11-23T10:00:00.000Z' },
      { id: 's:reserve', kind: 'reserve', amount: -1, scanId: 's', at: '2026-11-23T10:01:00.000Z' },
      { id: 's:commit', kind: 'commit', amount: 0, scanId: 's', at: '2026-11-23T10:02:00.000Z' },
    ],
  });
  expect(lines).toEqual([
    'demo-user: 1 credit',
    '  2026-11-23 10:00:00  grant        +2  grant-x  by operator:me',
    '  2026-11-23 10:01:00  reserve      -1  s:reserve',
    '  2026-11-23 10:02:00  commit        0  s:commit',
  ]);
});

it('says when they do not agree', () => {
  expect(ledgerLines({ uid: 'u', scanCredits: 5, sums: false, broken: [], ledger: [] })).toEqual([
    'u: 5 credits',
    'The ledger does not sum to the balance.',
  ]);
});
