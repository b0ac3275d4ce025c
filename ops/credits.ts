/** npm run credits: grants scan credits to a user, and shows an account with its ledger. On a running stack, or in production. */

import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { GRANT_ID_PATTERN, MAX_GRANT } from '@reddyfit/shared/account/credits';
import { Command, InvalidArgumentError } from 'commander';
import { grantCreditsOnce } from '../functions/src/accounts/credit-ledger.ts';
import { type Accounts, openAccounts } from './credits/accounts.ts';
import { ledgerLines } from './credits/ledger-lines.ts';
import { defaultInstance } from './site.ts';

interface Where {
  user: string;
  instance: string;
  project?: string;
  json: boolean;
}

function credits(text: string): number {
  const amount = Number(text);
  if (Number.isInteger(amount) && amount >= 1 && amount <= MAX_GRANT) return amount;
  throw new InvalidArgumentError(`a whole number from 1 to ${MAX_GRANT}`);
}

function grantId(text: string): string {
  if (GRANT_ID_PATTERN.test(text)) return text;
  throw new InvalidArgumentError('up to 64 letters, digits, - or _');
}

const program = new Command('npm run credits --').description('Scan credits of a user.');

/** A command with the options that say whose account where. */
const command = (name: string, description: string) =>
  program
    .command(name)
    .description(description)
    .requiredOption('--user <uid or email>', 'whose account')
    .option('--instance <name>', 'which running stack', defaultInstance)
    .option('--project <id>', 'a Firebase project, by application default credentials, instead of a stack')
    .option('--json', 'print JSON', false);

command('grant', 'Grants credits.')
  .requiredOption('--amount <credits>', `1 to ${MAX_GRANT}`, credits)
  .option('--grant-id <id>', 'names the grant: again, nothing more is granted (default: a new one)', grantId)
  .action((options: Where & { amount: number; grantId?: string }) =>
    withAccounts(options, async ({ db }, uid) => {
      const id = options.grantId ?? randomUUID();
      const actor = `operator:${userInfo().username}`;
      const grant = { uid, amount: options.amount, grantId: id, actor };
      const { outcome, scanCredits } = await grantCreditsOnce(db, grant);
      if (outcome === 'conflict') throw new Error(`the grant ${id} was made with another amount`);
      const done = outcome === 'granted' ? `granted ${options.amount}` : 'granted before';
      print(options, { uid, grantId: id, granted: outcome === 'granted', scanCredits }, [
        `${uid}: ${done} (${id}), balance ${scanCredits}`,
      ]);
    }),
  );

command('show', 'Shows the balance and the ledger.').action((options: Where) =>
  withAccounts(options, async (accounts, uid) => {
    const shown = await accounts.show(uid);
    print(options, shown, ledgerLines(shown));
    if (!shown.sums) process.exitCode = 1;
  }),
);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function withAccounts(
  options: Where,
  act: (accounts: Accounts, uid: string) => Promise<void>,
): Promise<void> {
  const accounts = openAccounts(options);
  try {
    await act(accounts, await accounts.uidOf(options.user));
  } finally {
    await accounts.close();
  }
}

function print({ json }: Where, value: unknown, lines: string[]): void {
  process.stdout.write(`${json ? JSON.stringify(value, null, 2) : lines.join('\n')}\n`);
}
