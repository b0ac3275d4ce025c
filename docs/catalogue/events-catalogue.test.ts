import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCAN_EVENT_TYPES } from '@reddyfit/shared/scan/events';
import { expect, it } from 'vitest';
import { cataloguePath, eventsCatalogue } from './events-catalogue.ts';

it('the catalogue in docs/ is the one the schemas make', () => {
  expect(JSON.parse(readFileSync(cataloguePath, 'utf8'))).toEqual(eventsCatalogue());
});

it('the catalogue has every event, closed to other fields', () => {
  const { channels } = eventsCatalogue() as {
    channels: { scanEvents: { messages: Record<string, { payload: { additionalProperties: boolean } }> } };
  };
  expect(Object.keys(channels.scanEvents.messages)).toEqual(SCAN_EVENT_TYPES);
  for (const { payload } of Object.values(channels.scanEvents.messages)) {
    expect(payload.additionalProperties).toBe(false);
  }
});

it('receivers of webhooks read of every event', () => {
  const page = readFileSync(join(import.meta.dirname, '../webhooks.md'), 'utf8');
  const told = [...page.matchAll(/^\| `(scan\.[a-z.]+)`/gm)].map(([, type]) => type);
  expect(told).toEqual(SCAN_EVENT_TYPES);
});
