/**
 * Tests credits under any order and repetition of admission, commit, refund, cancellation, the sweeper's end and
 * grants, on the Firestore emulator.
 */

import { createHash, randomUUID } from 'node:crypto';
import { LEDGER_AMOUNT, ledgerEntryId } from '@reddyfit/shared/account/credits';
import { userChain } from '@reddyfit/shared/audit/chain';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import { paths } from '@reddyfit/shared/names/paths';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firestoreCredits } from '../../worker/src/store/firestore-credits.ts';
import { type CallableStage, callableStage } from './callable-stage.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let stage: CallableStage;
let reserve: (scanId: string) => Promise<unknown>;
let endNow: (scanId: string) => Promise<unknown>;
let grant: typeof import('../src/accounts/credit-ledger.ts').grantCreditsOnce;
beforeAll(async () => {
  stage = await callableStage('demo-credits');
  const { admit } = await import('../src/scans/admission/admission.ts');
  const { config } = await import('../src/platform/config.ts');
  const { endScan } = await import('../src/scans/ending/end-scan.ts');
  ({ grantCreditsOnce: grant } = await import('../src/accounts/credit-ledger.ts'));
  const now = new Date();
  reserve = (scanId) => admit(stage.db, { scanId, eventTime: now, now, actor: 'function:test' }, config());
  endNow = (scanId) =>
    endScan(stage.db, scanId, {
      status: 'canceled',
      code: 'ScanCanceledError',
      actor: 'user:test',
      action: 'scan_canceled',
      now,
      evenIfStarted: true,
    });
});
afterAll(() => stage.close());

/** Few scans, so that a random history has several moves for the same scan. */
const SCANS = 2;

/** What may happen to an account: any number of times, in any order, and concurrently. */
type Move =
  | { kind: 'reserve' | 'commit' | 'refund' | 'end'; scan: number }
  | { kind: 'grant'; grantId: string; amount: number };

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('reserve', 'reserve', 'commit', 'refund', 'end'),
      scan: fc.nat({ max: SCANS - 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      grantId: fc.constantFrom('a', 'b'),
      amount: fc.integer({ min: 1, max: 3 }),
    }),
  },
);

/** Who grants; the daily limit is higher than any history needs. */
const by = { actor: 'operator:test', perDay: 1_000_000, now: new Date() };

/** A history of steps that happen one after another. The moves within a step happen concurrently. */
const history = fc.array(fc.array(move, { minLength: 1, maxLength: 4 }), {
  minLength: 4,
  maxLength: 10,
});

it('the ledger sums to the balance, which never falls below nothing, and each movement happens once per scan', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.integer({ min: 1, max: 3 }), async (steps, opening) => {
      const { uid } = await stage.person({ scanCredits: null });
      await grant(stage.db, { uid, amount: opening, grantId: 'opening', ...by });
      const scans = Array.from({ length: SCANS }, () => randomUUID());
      await Promise.all(scans.map((scanId) => stage.submit({ uid, scanId })));
      const credits = firestoreCredits(stage.db);

      const make = (next: Move): Promise<unknown> => {
        switch (next.kind) {
          case 'reserve':
            return reserve(scans[next.scan]!);
          case 'end':
            return endNow(scans[next.scan]!);
          case 'grant':
            return grant(stage.db, { uid, ...next, ...by });
          default:
            return credits.settle(uid, scans[next.scan]!, next.kind);
        }
      };
      for (const step of steps) {
        await Promise.all(step.map(make));
        const { balance = 0 } = await stage.credits(uid);
        expect(balance).toBeGreaterThanOrEqual(0);
        expect(await stage.ledgerSum(uid)).toBe(balance);
      }

      const { ledger } = await stage.credits(uid);
      for (const scanId of scans) {
        const made = (kind: keyof typeof LEDGER_AMOUNT) => ledger.includes(ledgerEntryId(scanId, kind));
        expect(made('commit') && made('refund')).toBe(false);
        if (made('commit') || made('refund')) expect(made('reserve')).toBe(true);
      }
      const recorded = await Promise.all([...scans, userChain(uid)].map((chain) => stage.audit(chain)));
      for (const chain of recorded) expect(verifyAudit(chain, sha256)).toBeNull();
      const moves = recorded.flat().filter(({ action }) => action.startsWith('credit'));
      expect(moves.length, 'an audit entry for each movement').toBe(ledger.length);
      const amounts = moves.reduce((sum, { detail }) => sum + Number(detail['amount']), 0);
      expect(amounts).toBe((await stage.credits(uid)).balance ?? 0);
      const entries = await stage.db.collection(paths.ledger(uid)).get();
      expect(entries.docs.every((entry) => Number.isInteger(entry.get('amount')))).toBe(true);
    }),
    { numRuns: 15, endOnFailure: true },
  );
}, 180_000);
