/** npm run webhooks: manages the webhook endpoints of the running stack, or of a Firebase project. */

import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { Command, InvalidArgumentError, Option } from 'commander';
import { print, runProgram } from './run-program.ts';
import { attemptLine, deliveryLine, endpointLine } from './webhooks/lines.ts';
import {
  type AddWebhookRequest,
  addWebhookRequest,
  type WebhookDeliveryView,
} from '@reddyfit/shared/webhooks/callables';
import { SCAN_EVENT_TYPES } from '@reddyfit/shared/scan/events';
import { DELIVERY_STATES, type DeliveryState } from '@reddyfit/shared/webhooks/deliveries';
import { WEBHOOK_CONTENT_TYPES } from '@reddyfit/shared/webhooks/endpoints';
import {
  addEndpoint,
  listEndpoints,
  rotateSecret,
  switchEndpoint,
} from '../functions/src/webhooks/endpoints.ts';
import { fieldErrors } from '../functions/src/http/field-errors.ts';
import { type Deliveries, testEndpoint } from '../functions/src/webhooks/deliveries.ts';
import { listDeliveries } from '../functions/src/webhooks/list-deliveries.ts';
import { redeliver } from '../functions/src/webhooks/redeliver.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { operatorChain } from '@reddyfit/shared/audit/chain';
import { operatorAt } from './credits/operator.ts';
import { wholeNumber } from './numbers.ts';
import { atSite, type Site, type Where, whereOptions } from './site.ts';

/** How long `test` waits for the first attempt (ms): an attempt's own 15 s, and the time until it starts. */
const TEST_DEADLINE_MS = 30_000;

const program = whereOptions(
  new Command('npm run webhooks --').description(
    "Keeps the webhook endpoints: who is told of scans' events.",
  ),
  'TEMPORAL_* and PAYLOAD_ENCRYPTION* to test and to redeliver',
);

const at = (work: (site: Site) => Promise<void>) => atSite(program.opts<Where>(), work);

/** Throws for an unknown event type. */
function eventTypes(text: string): string[] {
  const types = text.split(',').map((type) => type.trim());
  const unknown = types.find((type) => !(SCAN_EVENT_TYPES as readonly string[]).includes(type));
  if (unknown === undefined) return types;
  throw new InvalidArgumentError(`there is no event ${unknown}; there are ${SCAN_EVENT_TYPES.join(', ')}`);
}

/** The fields of an endpoint, checked. Throws with a sentence for each that is wrong. */
function endpointOf(given: object): AddWebhookRequest {
  const parsed = addWebhookRequest.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => fieldErrors(issue, given));
  throw new Error(faults.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`).join('\n'));
}

/** What deliveries are started with. Throws when the environment does not name Temporal's address. */
function deliveriesOf(site: Site): Deliveries {
  const temporal = site.temporal(payloadEncryption.parse(site.env));
  if (!temporal) throw new Error('TEMPORAL_ADDRESS is not set: where are deliveries started?');
  return { temporal: temporal.client, taskQueue: temporal.taskQueue };
}

/** Who makes a change, and when: the person whom Firebase or Google identifies; on a stack `local`. */
async function byOperator(site: Site) {
  const { name } = await operatorAt(site);
  return { now: new Date(), actor: operatorChain(name) };
}

program
  .command('add')
  .description('adds an endpoint and shows its secret, once')
  .argument('<url>', 'https, port 443 or 8443; in a running stack also http on loopback')
  .option('--events <types>', `of ${SCAN_EVENT_TYPES.join(', ')}; with commas (default: all)`, eventTypes)
  .addOption(
    new Option('--content-type <type>', 'what the body says that it is')
      .choices(WEBHOOK_CONTENT_TYPES)
      .default(WEBHOOK_CONTENT_TYPES[0]),
  )
  .option('--description <text>', 'what it is', '')
  .action(
    (url: string, { events, ...about }: { events?: string[]; contentType: string; description: string }) => {
      const request = endpointOf({ url, ...about, ...(events && { events }) });
      return at(async (site) => {
        const { endpointId, secret } = await addEndpoint(
          site.db,
          request,
          await byOperator(site),
          site.local,
        );
        print(`${endpointId}\n${secret}\nThe secret is not shown again.`);
      });
    },
  );

program
  .command('list')
  .description('shows the endpoints')
  .action(() =>
    at(async ({ db }) => {
      const endpoints = await listEndpoints(db);
      for (const endpoint of endpoints) print(endpointLine(endpoint));
      if (endpoints.length === 0) print('There is no endpoint; add one with: add <url>');
    }),
  );

for (const [verb, state] of [
  ['disable', 'disabled'],
  ['enable', 'enabled'],
] as const) {
  program
    .command(verb)
    .description(`${verb}s an endpoint`)
    .argument('<endpoint>')
    .action((endpointId: string) =>
      at(async (site) => {
        await switchEndpoint(site.db, endpointId, state, await byOperator(site));
        print(`${endpointId} is ${state}`);
      }),
    );
}

program
  .command('rotate')
  .description('makes a new secret and shows it, once; the old one signs for 24 hours more')
  .argument('<endpoint>')
  .action((endpointId: string) =>
    at(async (site) => {
      const { secret } = await rotateSecret(site.db, endpointId, await byOperator(site));
      print(`${secret}\nThe secret is not shown again. The old one signs beside it for 24 hours.`);
    }),
  );

program
  .command('test')
  .description('sends an event that tells of nothing, and shows what the endpoint answered')
  .argument('<endpoint>')
  .action((endpointId: string) =>
    at(async (site) => {
      const { db } = site;
      const eventId = await testEndpoint(db, deliveriesOf(site), endpointId, new Date());
      let delivery: WebhookDeliveryView | undefined;
      for (
        const deadline = Date.now() + TEST_DEADLINE_MS;
        !delivery && Date.now() < deadline;
        await wait(200)
      ) {
        delivery = (await listDeliveries(db, endpointId, { limit: 20 })).find(
          (one) => one.eventId === eventId,
        );
      }
      if (!delivery) throw new Error('No attempt was made yet; is a worker running? See deliveries.');
      print(attemptLine(delivery.attempts.at(-1)));
      process.exitCode = delivery.state === 'delivered' ? 0 : 1;
    }),
  );

program
  .command('deliveries')
  .description('shows what went to an endpoint, the latest first')
  .argument('<endpoint>')
  .addOption(new Option('--state <state>', 'only those in this state').choices(DELIVERY_STATES))
  .option('--limit <count>', 'how many', wholeNumber(1, 1_000_000), 50)
  .option('--attempts', 'with every attempt', false)
  .action((endpointId: string, options: { state?: DeliveryState; limit: number; attempts: boolean }) =>
    at(async ({ db }) => {
      const deliveries = await listDeliveries(db, endpointId, options);
      if (deliveries.length === 0) print('Nothing of the kind went to this endpoint.');
      for (const delivery of deliveries) {
        print(deliveryLine(delivery));
        if (options.attempts) for (const attempt of delivery.attempts) print(`    ${attemptLine(attempt)}`);
      }
    }),
  );

program
  .command('redeliver')
  .description('delivers an event again, or all dead letters of an endpoint')
  .argument('<endpoint>')
  .argument('[event]', 'default: all dead letters')
  .action((endpointId: string, eventId?: string) =>
    at(async (site) => {
      const { eventIds, broken, more } = await redeliver(site.db, deliveriesOf(site), endpointId, eventId);
      for (const id of eventIds) print(id);
      for (const id of broken) print(`${id} cannot be read any more, and is not delivered.`);
      if (eventIds.length + broken.length === 0)
        print('Nothing to deliver again: no dead letter waits at this endpoint.');
      if (more) print('There are more dead letters; run it again.');
    }),
  );

await runProgram(program);
