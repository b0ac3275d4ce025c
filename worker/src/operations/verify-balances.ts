/** The activities verifyBalancesPage and recordBalances: they check that each account's balance is the sum of its ledger. */

import { Context } from '@temporalio/activity';
import { log } from '../platform/logs.ts';
import type { Balances } from './firestore-balances.ts';
import type { Operations } from './firestore-operations.ts';
import type { OperationsActivities } from './activities.ts';

type Activity = 'verifyBalancesPage' | 'recordBalances';

export function createVerifyBalances({
  balances,
  operations,
}: {
  balances: Balances;
  operations: Operations;
}): Pick<OperationsActivities, Activity> {
  return {
    async verifyBalancesPage({ after }) {
      const page = await balances.page(after, () => Context.current().heartbeat());
      for (const { uid, balance } of page.unbalanced) {
        log('ERROR', 'account_unbalanced', { userId: uid, readable: balance !== null });
      }
      return { accounts: page.accounts, unbalanced: page.unbalanced.length, after: page.after };
    },
    recordBalances: (found) => operations.recordBalances(found),
  };
}
