/** npm run archive: shows the archived histories of scans, fetches one, and replays it against today's workflow. */

import { writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { archived } from '@reddyfit/shared/audit/archive';
import { Command, InvalidArgumentError } from 'commander';
import { unpackHistory } from '../worker/src/archive/archived-history.ts';
import { findArchived } from '../worker/src/archive/find.ts';
import { replay } from '../worker/src/archive/replay.ts';
import { firestoreAuditChains } from '../worker/src/audit/firestore-audit-chains.ts';
import { firestoreAudit } from '../worker/src/audit/firestore-audit.ts';
import { recordHistoryRead } from '../worker/src/audit/operator-reads.ts';
import { dataConverter } from '../worker/src/platform/data-converter.ts';
import { objectLine } from './archive/lines.ts';
import { wholeNumber } from './numbers.ts';
import { print, runProgram } from './run-program.ts';
import { atSite, type Site, type Where, whereOptions } from './site.ts';

function day(text: string): Date {
  const at = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime())) return at;
  throw new InvalidArgumentError('a day, as 2026-11-30');
}

const program = new Command('npm run archive --').description('Archived histories of closed scans.');

/** A command with the options for the site. */
const command = (name: string, description: string) =>
  whereOptions(
    program.command(name).description(description),
    'ARCHIVE_BUCKET, PAYLOAD_ENCRYPTION* and TEMPORAL_NAMESPACE',
  );

command('list', 'Shows what is archived.')
  .option('--day <YYYY-MM-DD>', 'only what closed on this day (UTC)', day)
  .option('--limit <count>', 'how many', wholeNumber(1, 1_000_000), 1000)
  .action((options: Where & { day?: Date; limit: number }) =>
    atSite(options, async ({ archive }) => {
      let shown = 0;
      for await (const object of archive.list(
        options.day ? archived.historiesOf(options.day) : archived.histories(),
      )) {
        if (shown === options.limit) return print(`and more: --limit ${options.limit}`);
        print(objectLine(object));
        shown += 1;
      }
    }),
  );

command('get', 'Fetches a history, checked against its SHA-256; its payloads stay encrypted.')
  .argument('<id>', 'a scan, its workflow, or an object')
  .requiredOption('--out <file>', 'where to write the gzipped JSON')
  .action((id: string, options: Where & { out: string }) =>
    atSite(options, async (site) => {
      const { object, content } = await fetched(site, id);
      const { run, history } = await unpackHistory(content);
      writeFileSync(options.out, content, { mode: 0o600 });
      print(`${object}: ${run.status}, ${history.events?.length} events, whole`);
    }),
  );

command('replay', "Replays a history against today's workflow; exits with 1 when that goes another way.")
  .argument('<id>', 'a scan, its workflow, or an object')
  .action((id: string, options: Where) =>
    atSite(options, async (site) => {
      const { object, content } = await fetched(site, id);
      const unpacked = await unpackHistory(content);
      const { workflowId, runId } = unpacked.run;
      const read = { operator: userInfo().username, workflowId, runId, purpose: 'replay' };
      await recordHistoryRead({ log: firestoreAudit(site.db), chains: firestoreAuditChains(site.db) }, read, {
        key: randomUUID(),
        at: new Date().toISOString(),
      });
      await replay(unpacked, dataConverter(payloadEncryption.parse(site.env), site.namespace));
      print(`${object}: ${unpacked.run.status}, today's workflow takes the same way`);
    }),
  );

await runProgram(program);

/** The latest archived history of a scan. Throws when none is archived, or when the object is not what was archived. */
async function fetched({ archive, db }: Site, id: string): Promise<{ object: string; content: Buffer }> {
  const [latest] = await findArchived(archive, firestoreAuditChains(db), id);
  const found = latest && (await archive.read(latest.object));
  if (!found) throw new Error(`nothing is archived of ${id}`);
  return { object: latest.object, content: found.content };
}
