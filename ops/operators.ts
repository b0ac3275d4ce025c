/**
 * npm run operators: shows and changes who has access to the operator's desk. One operator asks for a role, another confirms
 * it.
 */

import { Command, Option } from 'commander';
import { accountsOf } from './credits/accounts.ts';
import { operatorAt } from './credits/operator.ts';
import { type AskedRole, ASKED_ROLES, askForRole, confirmRole, operatorsIn } from './operators/roles.ts';
import { print, runProgram } from './run-program.ts';
import { atSite, type Site, type Where, whereOptions } from './site.ts';

const program = whereOptions(
  new Command('npm run operators --').description(
    "Gives and takes roles at the operator's desk: two operators for each, neither of them the one it is about.",
  ),
  'OPERATOR_ID_TOKEN',
);

const at = (work: (site: Site) => Promise<void>) => atSite(program.opts<Where>(), work);

program
  .command('ask')
  .description('asks that a user get a role, and shows the id to confirm it by')
  .requiredOption('--user <uid or email>', 'whose role')
  .addOption(new Option('--role <role>', 'which').choices(ASKED_ROLES).makeOptionMandatory())
  .action(({ user, role }: { user: string; role: AskedRole }) =>
    at(async (site) => {
      const account = await accountsOf(site).userOf(user);
      const id = await askForRole(site.db, account, role, await operatorAt(site), new Date());
      print(`${id}\nAnother operator confirms it within a day: npm run operators -- confirm ${id}`);
    }),
  );

program
  .command('confirm')
  .description('confirms what another operator asked for; the user is signed out, and signs in with the role')
  .argument('<request>')
  .action((requestId: string) =>
    at(async (site) => {
      const { uid, role } = await confirmRole(site, requestId, await operatorAt(site), new Date());
      print(`${uid}: ${role}`);
    }),
  );

program
  .command('list')
  .description('shows who has a role')
  .action(() =>
    at(async ({ auth }) => {
      for await (const { uid, email, role } of operatorsIn(auth))
        print([role.padEnd(8), uid, email].join('  '));
    }),
  );

await runProgram(program);
