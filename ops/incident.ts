/**
 * npm run incident: stops taking new scans, waits until the running scans have ended, or takes scans again. It calls the same
 * functions as the operator's desk.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { OPERATOR_REASONS, type OperatorReason, revealRequest } from '@reddyfit/shared/operator/acts';
import type { AdmissionState, AdmissionView } from '@reddyfit/shared/operator/admission';
import { Command, InvalidArgumentError, Option } from 'commander';
import { admissionOf, changeAdmission } from '../functions/src/scans/admission-pause.ts';
import { operatorAt } from './credits/operator.ts';
import { atSite, type Site, type Where, whereOptions } from './site.ts';

/** How often `drain` checks (ms). */
const LOOK_MS = 5000;

const program = whereOptions(
  new Command('npm run incident --').description(
    'Incident mode: no new scans are taken, at no cost to their users; what runs goes on.',
  ),
  'OPERATOR_ID_TOKEN',
);

const print = (line: string) => void process.stdout.write(`${line}\n`);

const at = (work: (site: Site) => Promise<void>) => atSite(program.opts<Where>(), work);

function lineOf({ state, last, running, oldestAt }: AdmissionView): string {
  const since = last ? ` since ${last.since} by ${last.by} (${last.reason} ${last.reference})` : '';
  return `${state}${since}; ${running} scans have not ended${oldestAt ? `, the oldest of ${oldestAt}` : ''}`;
}

program
  .command('status')
  .description('shows whether new scans are taken, and how many have not ended')
  .action(() => at(async ({ db }) => print(lineOf(await admissionOf(db)))));

const VERBS: [verb: string, state: AdmissionState, description: string][] = [
  ['pause', 'paused', 'stops taking new scans; again: changes nothing'],
  ['resume', 'open', 'takes new scans again; again: changes nothing'],
];
for (const [verb, state, description] of VERBS) {
  program
    .command(verb)
    .description(description)
    .addOption(new Option('--reason <reason>', 'why').choices(OPERATOR_REASONS).default('incident'))
    .requiredOption('--reference <id>', 'of the incident or ticket that says more', reference)
    .action((why: { reason: OperatorReason; reference: string }) =>
      at(async (site) => {
        const { name } = await operatorAt(site);
        const who = { by: `operator:${name}`, now: new Date() };
        const changed = await changeAdmission(site.db, { state, ...why }, who);
        print(`${changed ? 'changed' : 'nothing to change'}: ${lineOf(await admissionOf(site.db))}`);
      }),
    );
}

program
  .command('drain')
  .description('waits until no scan runs any more; refuses while new ones are taken')
  .action(() =>
    at(async ({ db }) => {
      for (let before = -1; ;) {
        const now = await admissionOf(db);
        if (now.state === 'open') throw new Error('new scans are taken: pause first, or this may never end');
        if (now.running !== before) print(lineOf(now));
        if (now.running === 0) return;
        before = now.running;
        await wait(LOOK_MS);
      }
    }),
  );

function reference(text: string): string {
  const { error } = revealRequest.shape.reference.safeParse(text);
  if (error) throw new InvalidArgumentError(error.issues[0]!.message);
  return text;
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
