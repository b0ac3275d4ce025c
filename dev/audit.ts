/** npm run audit: shows audit chains, and finds what was changed, removed, reordered or added. On a running stack, or in production. */

import { Command } from 'commander';
import { paths } from '@reddyfit/shared/paths';
import type { AuditEntry } from '@reddyfit/shared/audit';
import { auditFaults } from '@reddyfit/shared/audit-check';
import { sha256 } from '../worker/src/adapters/firestore-audit.ts';
import { firestoreAuditChains } from '../worker/src/adapters/firestore-audit-chains.ts';
import { checkChain } from '../worker/src/audit/check-chain.ts';
import type { AuditChains, NamedChain } from '../worker/src/ports.ts';
import { chainsOfUser } from './audit/chains-of-user.ts';
import { chainLines, faultLine, verdictLine } from './audit/lines.ts';
import { type Accounts, openAccounts } from './credits/accounts.ts';
import { defaultInstance } from './stack/stack-file.ts';

interface Which {
  scan?: string;
  user?: string;
  chain?: string;
  all?: boolean;
  instance: string;
  project?: string;
  json: boolean;
}

const print = (line: string) => void process.stdout.write(`${line}\n`);

const program = new Command('npm run audit --').description(
  'Audit chains: who did what, when, and whether any of it is missing.',
);

/** A command with the options that say which chains where. */
const command = (name: string, description: string) =>
  program
    .command(name)
    .description(description)
    .option('--scan <id>', 'the chain of a scan')
    .option(
      '--user <uid or email>',
      "a user's own chain, those of their scans, and that of a deleted account",
    )
    .option('--chain <name>', 'a chain by its name, as operator:<uid>')
    .option('--instance <name>', 'which running stack', defaultInstance)
    .option('--project <id>', 'a Firebase project, by application default credentials, instead of a stack')
    .option('--json', 'print JSON, a line for each chain', false);

command('verify', 'Checks chains; exits with 1 when one is not whole.')
  .option('--all', 'every chain there is', false)
  .action((options: Which) =>
    withChains(options, async (chains) => {
      const totals = { chains: 0, entries: 0, broken: 0 };
      for await (const found of chains) {
        const { stored, faults } = await found.check();
        totals.chains += 1;
        totals.entries += stored.entries.length;
        if (faults.length === 0) continue;
        totals.broken += 1;
        if (options.json) print(JSON.stringify({ chain: stored.chain, faults }));
        else for (const fault of faults) print(faultLine(stored.chain, fault));
      }
      print(options.json ? JSON.stringify(totals) : verdictLine(totals));
      if (totals.broken > 0) process.exitCode = 1;
    }),
  );

command('show', 'Shows what is recorded.').action((options: Which) =>
  withChains(options, async (chains) => {
    for await (const { found } of chains) {
      const entries = found.entries
        .map(({ data }) => data as AuditEntry)
        .toSorted((one, other) => one.seq - other.seq);
      if (options.json) print(JSON.stringify({ chain: found.chain, entries }));
      else for (const line of chainLines(found.chain, entries, auditFaults(found, sha256))) print(line);
    }
  }),
);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

/** Opens the database, hands over the chains that the options name one by one, and closes it. */
async function withChains(
  options: Which,
  work: (
    chains: AsyncIterable<{ found: NamedChain; check(): ReturnType<typeof checkChain> }>,
  ) => Promise<void>,
): Promise<void> {
  const named = [options.scan, options.user, options.chain, options.all || undefined];
  if (named.filter((value) => value !== undefined).length !== 1) {
    throw new Error('say which: one of --scan, --user, --chain or, to verify, --all');
  }
  const accounts = openAccounts(options);
  try {
    const chains = firestoreAuditChains(accounts.db);
    async function* opened() {
      for await (const found of chosen(options, accounts, chains)) {
        yield { found, check: () => (isEmpty(found) ? missing(found) : checkChain(chains, found)) };
      }
    }
    await work(opened());
  } finally {
    await accounts.close();
  }
}

async function* chosen(
  { all, user, scan, chain }: Which,
  { db, uidOf }: Accounts,
  chains: AuditChains,
): AsyncGenerator<NamedChain> {
  if (all) return yield* chains.all();
  const names = user === undefined ? [(scan ?? chain)!] : await chainsOfUser(db, user, uidOf);
  let found = 0;
  for (const name of names) {
    const stored = await chains.read(name);
    // A chain begins when there is something to record; a scan that the server has written to must have one.
    if (isEmpty(stored) && !(await db.doc(paths.scan(name)).get()).get('rev')) continue;
    found += 1;
    yield stored;
  }
  if (found === 0) {
    throw new Error(`nothing is recorded of ${scan ?? chain ?? user}: never, or it went with an account`);
  }
}

function isEmpty({ head, entries }: NamedChain): boolean {
  return head === undefined && entries.length === 0;
}

async function missing(stored: NamedChain): ReturnType<typeof checkChain> {
  return { stored, faults: [{ kind: 'missing', seq: null, text: 'the chain is missing' }] };
}
