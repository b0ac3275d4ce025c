/**
 * npm run catalogue: writes the events' AsyncAPI 3 file, with a JSON Schema per event, from the zod schemas, and the page of
 * codes and sentences.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCAN_EVENTS, scanEvent } from '@reddyfit/shared/scan/events';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';
import { Command } from 'commander';
import { z } from 'zod';
import { writeMessages } from './messages-catalogue.ts';

export const cataloguePath = join(import.meta.dirname, '../scan-events.asyncapi.json');

/** The catalogue as AsyncAPI 3.0: one channel, one message per event type. */
export function eventsCatalogue(): Record<string, unknown> {
  const messages = Object.fromEntries(
    scanEvent.options.map((schema) => {
      const type = schema.shape.type.value;
      const payload = z.toJSONSchema(schema, { target: 'draft-7' });
      return [
        type,
        { name: type, summary: SCAN_EVENTS[type], contentType: 'application/cloudevents+json', payload },
      ];
    }),
  );
  const references = Object.keys(messages).map((type) => ({
    $ref: `#/channels/scanEvents/messages/${type}`,
  }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Scan events',
      version: '1.0.0',
      description:
        'CloudEvents 1.0 in JSON on Pub/Sub, in order per scan (the ordering key is the scan id), at least once. Ids, states and times only.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels: { scanEvents: { address: SCAN_EVENTS_TOPIC, messages } },
    operations: {
      publishScanEvents: {
        action: 'send',
        channel: { $ref: '#/channels/scanEvents' },
        messages: references,
      },
    },
  };
}

if (import.meta.main) {
  new Command('npm run catalogue')
    .description(
      "Writes the events' AsyncAPI 3 file, docs/scan-events.asyncapi.json, and the codes and sentences, docs/messages.md.",
    )
    .parse();
  writeFileSync(cataloguePath, `${JSON.stringify(eventsCatalogue(), null, 2)}\n`);
  writeMessages();
}
