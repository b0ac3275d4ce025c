/**
 * npm run credits: grants scan credits to a user, shows an account with its ledger, and compares the balances of all accounts
 * with their ledgers. Works on a running stack or in production.
 */

import { randomUUID } from 'node:crypto';
import { DEFAULT_GRANTS_PER_DAY, GRANT_ID_PATTERN, MAX_GRANT } from '@reddyfit/shared/account/credits';
import { Command, InvalidArgumentError } from 'commander';
import { grantCreditsOnce } from '../functions/src/accounts/credit-ledger.ts';
import { type Accounts, accountsOf } from './credits/accounts.ts';
import { countedAs, isOwnAccount, operatorAt } from './credits/operator.ts';
import { balanceLines, verifyBalances } from './credits/verify.ts';
import { ledgerLines } from './credits/ledger-lines.ts';
import { wholeNumber } from './numbers.ts';
import { runProgram } from './run-program.ts';
import { atSite, type Where, whereOptions } from './site.ts';

interface Printed extends Where {
  json: boolean;
}

interface Whose extends Printed {
  user: string;
}

function grantId(text: string): string {
  if (GRANT_ID_PATTERN.test(text)) return text;
  throw new InvalidArgumentError('up to 64 letters, digits, - or _');
}

const program = new Command('npm run credits --').description('Scan credits of a user.');

/** A command with the options for the site. */
const command = (name: string, description: string) =>
  whereOptions(
    program.command(name).description(description),
    'OPERATOR_ID_TOKEN and GRANT_CREDITS_PER_DAY to grant',
  ).option('--json', 'print JSON', false);

command('grant', 'Grants credits.')
  .requiredOption('--user <uid or email>', 'whose account')
  .requiredOption(
    '--amount <credits>',
    `1 to ${MAX_GRANT}; by one operator ${DEFAULT_GRANTS_PER_DAY} a day, or as GRANT_CREDITS_PER_DAY says`,
    wholeNumber(1, MAX_GRANT),
  )
  .option('--grant-id <id>', 'names the grant: again, nothing more is granted (default: a new one)', grantId)
  .action((options: Whose & { amount: number; grantId?: string }) =>
    withAccounts(options, async (accounts) => {
      const operator = await operatorAt({ auth: accounts.auth, local: options.project === undefined });
      const account = await accounts.userOf(options.user);
      if (isOwnAccount(operator, account)) {
        throw new Error('nobody grants credits to their own account: ask another operator');
      }
      const { uid } = account;
      const id = options.grantId ?? randomUUID();
      const actor = `operator:${operator.name}`;
      const perDay = grantsPerDay();
      const who = { actor, countedAs: countedAs(operator) };
      const grant = { uid, amount: options.amount, grantId: id, ...who, perDay, now: new Date() };
      const { outcome, scanCredits, left } = await grantCreditsOnce(accounts.db, grant);
      if (outcome === 'conflict') throw new Error(`the grant ${id} was made with another amount`);
      if (outcome === 'deleting') throw new Error(`the account ${uid} is being deleted`);
      if (outcome === 'limit') {
        throw new Error(
          `${actor} may grant ${left} more of ${perDay} credits today (UTC): ask a second operator, or set GRANT_CREDITS_PER_DAY`,
        );
      }
      const done = outcome === 'granted' ? `granted ${options.amount}` : 'granted before';
      print(options, { uid, grantId: id, granted: outcome === 'granted', scanCredits }, [
        `${uid}: ${done} (${id}), balance ${scanCredits}`,
      ]);
    }),
  );

command('show', 'Shows the balance and the ledger.')
  .requiredOption('--user <uid or email>', 'whose account')
  .action((options: Whose) =>
    withAccounts(options, async (accounts) => {
      const shown = await accounts.show((await accounts.userOf(options.user)).uid);
      print(options, shown, ledgerLines(shown));
      if (!shown.sums) process.exitCode = 1;
    }),
  );

command(
  'verify',
  'Holds the balance of every account against its ledger; exits with 1 when one does not agree.',
).action((options: Printed) =>
  withAccounts(options, async ({ db }) => {
    const found = await verifyBalances(db);
    print(options, found, balanceLines(found));
    if (found.unbalanced.length > 0) process.exitCode = 1;
  }),
);

/** GRANT_CREDITS_PER_DAY with the same default as in the functions. Throws for a value that is no whole number above 0. */
function grantsPerDay(): number {
  const text = process.env['GRANT_CREDITS_PER_DAY'];
  if (!text) return DEFAULT_GRANTS_PER_DAY;
  if (!/^[1-9][0-9]{0,8}$/.test(text))
    throw new Error('GRANT_CREDITS_PER_DAY must be a whole number above 0');
  return Number(text);
}

await runProgram(program);

function withAccounts(options: Where, act: (accounts: Accounts) => Promise<void>): Promise<void> {
  return atSite(options, (site) => act(accountsOf(site)));
}

function print({ json }: Printed, value: unknown, lines: string[]): void {
  process.stdout.write(`${json ? JSON.stringify(value, null, 2) : lines.join('\n')}\n`);
}
