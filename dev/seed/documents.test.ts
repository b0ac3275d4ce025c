import { isDeepStrictEqual } from 'node:util';
import type { LedgerEntry } from '@reddyfit/shared/accounts';
import { paths } from '@reddyfit/shared/paths';
import type { Scan } from '@reddyfit/shared/scans';
import { describe, expect, it } from 'vitest';
import { documentsOf } from './documents.ts';
import { demoUser, people } from './people.ts';

const BUCKET = 'demo-reddyfit.firebasestorage.app';

describe.each(people)('seed of $uid', (person) => {
  const documents = documentsOf(person, BUCKET);
  const under = (prefix: string) =>
    documents.filter(({ path }) => path.startsWith(`${prefix}/`)).map(({ fields }) => fields);

  it('has a ledger that sums to the balance', () => {
    const entries = under(paths.ledger(person.uid)) as unknown as LedgerEntry[];
    expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(person.scanCredits);
    expect(entries).toHaveLength(1 + 2 * person.scans.length);
  });

  it('has only completed scans with all seven results', () => {
    const scans = under(paths.scans()) as unknown as Scan[];
    expect(scans).toHaveLength(person.scans.length);
    for (const scan of scans) {
      expect(scan.status).toBe('completed');
      expect(Object.keys(scan.results!)).toHaveLength(7);
    }
  });

  it('names each path once and is the same on every run', () => {
    expect(new Set(documents.map(({ path }) => path)).size).toBe(documents.length);
    expect(isDeepStrictEqual(documents, documentsOf(person, BUCKET))).toBe(true);
  });
});

it('gives the demo user a year of slow improvement', () => {
  const first = demoUser.scans[0]!;
  const last = demoUser.scans.at(-1)!;
  expect(demoUser.scans).toHaveLength(12);
  expect(last.bodyFatPercent).toBeLessThan(first.bodyFatPercent);
  expect(last.createdAt.getTime() - first.createdAt.getTime()).toBeLessThan(365 * 86_400_000);
});
