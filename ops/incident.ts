/**
 * npm run incident: stops taking new scans, waits until the running scans have ended, or takes scans again. It calls the same
 * functions as the operator's desk.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { OPERATOR_REASONS, type OperatorReason, revealRequest } from '@reddyfit/shared/operator/acts';
import type { AdmissionState, AdmissionView } from '@reddyfit/shared/operator/admission';
import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { Command, InvalidArgumentError, Option } from 'commander';
import { admissionOf, changeAdmission } from '../functions/src/scans/admission/admission-pause.ts';
import { operatorAt } from './credits/operator.ts';
import { print, runProgram } from './run-program.ts';
import { atSite, type Site, type Where, whereOptions } from './site.ts';

/** How often `drain` checks (ms). */
const LOOK_MS = 5000;

const program = whereOptions(
  new Command('npm run incident --').description(
    'Incident mode: no new scans are taken, at no cost to their users; what runs goes on.',
  ),
  'OPERATOR_ID_TOKEN',
);

const at = (work: (site: Site) => Promise<void>) => atSite(program.opts<Where>(), work);

/** Counting reads no payload, so no key is needed. Null where the environment does not say where Temporal is. */
const temporalOf = (site: Site) =>
  site.temporal(payloadEncryption.parse({ PAYLOAD_ENCRYPTION: 'off' }))?.client ?? null;

function admissionAt(site: Site): Promise<AdmissionView> {
  return admissionOf(site.db, temporalOf(site));
}

function lineOf({ state, last, running, oldestAt, retries }: AdmissionView): string {
  const since = last ? ` since ${last.since} by ${last.by} (${last.reason} ${last.reference})` : '';
  return `${state}${since}; ${running} scans have not ended${oldestAt ? `, the oldest of ${oldestAt}` : ''}; ${retries ?? 'nobody knows how many'} steps run again`;
}

program
  .command('status')
  .description('shows whether new scans are taken, and how many have not ended')
  .action(() => at(async (site) => print(lineOf(await admissionAt(site)))));

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
        print(`${changed ? 'changed' : 'nothing to change'}: ${lineOf(await admissionAt(site))}`);
      }),
    );
}

program
  .command('drain')
  .description('waits until no scan runs any more, and no step again; refuses while new ones are taken')
  .action(() =>
    at(async (site) => {
      if (!temporalOf(site))
        throw new Error('set TEMPORAL_ADDRESS: without it nobody can count the steps that run again');
      for (let before = ''; ;) {
        const now = await admissionAt(site);
        if (now.state === 'open') throw new Error('new scans are taken: pause first, or this may never end');
        const line = lineOf(now);
        if (line !== before) print(line);
        // A Temporal that does not answer may have any number of them.
        if (now.running === 0 && now.retries === 0) return;
        before = line;
        await wait(LOOK_MS);
      }
    }),
  );

function reference(text: string): string {
  const { error } = revealRequest.shape.reference.safeParse(text);
  if (error) throw new InvalidArgumentError(error.issues[0]!.message);
  return text;
}

await runProgram(program);
