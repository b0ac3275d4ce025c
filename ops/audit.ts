/**
 * npm run audit: shows audit chains, and finds entries that were changed, removed, reordered or added. Works on a running
 * stack or in production.
 */

import { Command } from 'commander';
import type { AuditEntry } from '@reddyfit/shared/audit/chain';
import { auditFaults } from '@reddyfit/shared/audit/check';
import { ANCHORS_CHECKED } from '@reddyfit/shared/operator/audit-check';
import { sha256 } from '../worker/src/audit/firestore-audit.ts';
import { firestoreAuditChains } from '../worker/src/audit/firestore-audit-chains.ts';
import { headsOf } from '../worker/src/audit/anchor.ts';
import { verdicts } from '../worker/src/audit/verdicts.ts';
import type { Archive } from '../worker/src/archive/ports.ts';
import type { AuditChains } from '../worker/src/audit/ports.ts';
import { anchorToCompare, brokenObjects, checkEveryAnchor } from './audit/anchors.ts';
import { chainsOfUser } from './audit/chains-of-user.ts';
import { anchorsLine, chainLines, faultLine, objectJson, objectLine, verdictLine } from './audit/lines.ts';
import { verdictsOf } from './audit/verdicts-of.ts';
import { type Accounts, accountsOf } from './credits/accounts.ts';
import { print, runProgram } from './run-program.ts';
import { atSite, type Where, whereOptions } from './site.ts';

interface Which extends Where {
  scan?: string;
  user?: string;
  chain?: string;
  all?: boolean;
  json: boolean;
}

const NOTHING = 'nothing is recorded of that: never, or it went with an account';

const NO_ANCHOR = { anchor: null, anchors: null };

const program = new Command('npm run audit --').description(
  'Audit chains: who did what, when, and whether any of it is missing.',
);

/** A command with the options for the site and the chains. */
const command = (name: string, description: string) =>
  whereOptions(program.command(name).description(description), 'ARCHIVE_BUCKET')
    .option('--scan <id>', 'the chain of a scan')
    .option(
      '--user <uid or email>',
      "a user's own chain, those of their scans, and that of a deleted account",
    )
    .option('--chain <name>', 'a chain by its name, as operator:<uid>')
    .option('--json', 'print JSON, a line for each finding or chain', false);

command(
  'verify',
  `Checks chains, also against the latest anchor that can be read; with --all first the latest ${ANCHORS_CHECKED} anchors, and then chains against the latest that is whole. Names all that is not whole, and exits with 1 then.`,
)
  .option('--all', `every chain there is, and the latest ${ANCHORS_CHECKED} anchors`, false)
  .option('--no-anchor', 'each chain by itself alone, without the archive')
  .action((options: Which & { all: boolean; anchor: boolean }) =>
    withChains(options, async ({ chains, accounts, archive }) => {
      const { json } = options;
      const broken = brokenObjects((found) => print(json ? objectJson(found) : objectLine(found.fault)));
      const onBroken = broken.add;
      const today = new Date().toISOString().slice(0, 10);
      const lookUp = options.all ? checkEveryAnchor : anchorToCompare;
      const { anchor, anchors } = options.anchor ? await lookUp(archive, today, onBroken) : NO_ANCHOR;
      const found = options.all
        ? verdicts(chains, anchor && { ...anchor, heads: headsOf(archive, anchor, null, { onBroken }) })
        : verdictsOf(await namesOf(options, accounts), { accounts, archive, chains, anchor, onBroken });

      const totals = { chains: 0, entries: 0, broken: 0 };
      for await (const { chain, entries, faults } of found) {
        totals.chains += 1;
        totals.entries += entries;
        if (faults.length === 0) continue;
        totals.broken += 1;
        if (json) print(JSON.stringify({ chain, faults }));
        else for (const fault of faults) print(faultLine(chain, fault));
      }
      if (totals.chains === 0 && !options.all) throw new Error(NOTHING);
      const anchored = anchor?.day ?? null;
      if (json) {
        const objects = { brokenObjects: broken.count() };
        print(JSON.stringify({ ...totals, ...objects, anchored, ...(anchors && { anchors }) }));
      } else {
        if (anchors) print(anchorsLine(anchors, broken.count()));
        print(verdictLine(totals, anchored));
      }
      if (totals.broken + broken.count() > 0) process.exitCode = 1;
    }),
  );

command('show', 'Shows what is recorded.').action((options: Which) =>
  withChains(options, async ({ chains, accounts }) => {
    let shown = 0;
    for (const name of await namesOf(options, accounts)) {
      const found = await chains.read(name);
      const entries = found.entries
        .map(({ data }) => data as AuditEntry)
        .toSorted((one, other) => one.seq - other.seq);
      if (entries.length === 0) continue;
      shown += 1;
      if (options.json) print(JSON.stringify({ chain: name, entries }));
      else for (const line of chainLines(name, entries, auditFaults(found, sha256))) print(line);
    }
    if (shown === 0) throw new Error(NOTHING);
  }),
);

await runProgram(program);

/** Opens the database, does the work, and closes it. */
async function withChains(
  options: Which,
  work: (opened: { chains: AuditChains; accounts: Accounts; archive: Archive }) => Promise<void>,
): Promise<void> {
  const which = [options.scan, options.user, options.chain, options.all || undefined];
  if (which.filter((value) => value !== undefined).length !== 1) {
    throw new Error('say which: one of --scan, --user, --chain or, to verify, --all');
  }
  await atSite(options, (site) =>
    work({ chains: firestoreAuditChains(site.db), accounts: accountsOf(site), archive: site.archive }),
  );
}

/** Names of the chains that the options select. */
async function namesOf({ scan, chain, user }: Which, { db, userOf }: Accounts): Promise<string[]> {
  const uidOf = async (named: string) => (await userOf(named)).uid;
  return user === undefined ? [(scan ?? chain)!] : chainsOfUser(db, user, uidOf);
}
