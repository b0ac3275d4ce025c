/** Tests in how many round trips admission reads, on the real emulator: a user's first answer waits for each of them. */

import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CallableStage, callableStage } from './callable-stage.ts';

let stage: CallableStage;
beforeAll(async () => {
  stage = await callableStage('demo-admission-reads');
});
afterAll(() => stage.close());

/** Reads on which others depend: the scan, and the user's documents. */
const FIRST = 2;

/** Reads of the user's earlier scans, which need nothing of each other: the last verdict, and scans that failed or completed. */
const EARLIER = 3;

/**
 * `db`, whose transactions answer no read after the first ones until this many more have been asked for. Reads that come one after
 * another wait for ever.
 */
function answeringTogether(db: Firestore, count: number): Firestore {
  const within = (tx: Transaction): Transaction => {
    let asked = 0;
    const all = Promise.withResolvers<void>();
    const held = async (answer: Promise<unknown>) => {
      asked += 1;
      if (asked <= FIRST) return answer;
      if (asked === FIRST + count) all.resolve();
      await all.promise;
      return answer;
    };
    return new Proxy(tx, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        const call = (...args: unknown[]): unknown => value.apply(target, args);
        return name === 'get' || name === 'getAll'
          ? (...args: unknown[]) => held(call(...args) as Promise<unknown>)
          : call;
      },
    });
  };
  return new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name === 'runTransaction')
        return (body: (tx: Transaction) => Promise<unknown>) =>
          target.runTransaction((tx) => body(within(tx)));
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

it("reads a user's earlier scans at once", async () => {
  const { scanId, uid } = await stage.submittedScan();
  const { admit } = await import('../src/scans/admission/admission.ts');
  const { config } = await import('../src/platform/config.ts');
  const now = new Date();
  const db = answeringTogether(stage.db, EARLIER);
  const request = { scanId, eventTime: now, now, actor: 'function:test' };
  expect(await admit(db, request, config())).toMatchObject({ outcome: 'start' });
  expect((await stage.credits(uid)).ledger).toEqual([`${scanId}:reserve`]);
});
