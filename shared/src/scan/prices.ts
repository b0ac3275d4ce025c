/**
 * List prices (US dollars) of everything that a scan costs, without free quotas and discounts. The metrics of model cost and
 * the report share this table.
 */

import { registeredModel } from './models.ts';

/**
 * When the table was written; the table of models has a date of its own (MODELS_AS_OF). List prices change: check the sources
 * before you base a budget on them.
 */
export const PRICES_AS_OF = '2026-11-25';

/** Where each price is published. */
export const PRICE_SOURCES = {
  models: 'https://openai.com/api/pricing/',
  temporal: 'https://docs.temporal.io/cloud/pricing',
  firestore: 'https://cloud.google.com/firestore/pricing (us-central1)',
  pubsub: 'https://cloud.google.com/pubsub/pricing',
  storage: 'https://cloud.google.com/storage/pricing (us-central1, Standard)',
  functions: 'https://cloud.google.com/run/pricing (us-central1, request-based)',
} as const;

const MILLION = 1_000_000;

/** Dollars for one request; null for a model that the table does not know. */
export function modelCostUsd(model: string, inputTokens: number, outputTokens: number): number | null {
  const price = registeredModel(model);
  if (!price) return null;
  return (inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion) / MILLION;
}

/** Prices (US dollars) of one unit of everything else that a scan uses. */
export const UNIT_PRICES = {
  /** The first tier of Temporal Cloud: $50 a million. */
  temporalAction: 50 / MILLION,
  /** Active storage, a GB for an hour. */
  temporalActiveGbHour: 0.042,
  /** Retained storage, a GB for an hour. */
  temporalRetainedGbHour: 0.00105,
  /** $0.03 for 100,000. */
  firestoreRead: 0.03 / 100_000,
  /** $0.09 for 100,000. */
  firestoreWrite: 0.09 / 100_000,
  /** $0.01 for 100,000. */
  firestoreDelete: 0.01 / 100_000,
  /** A GiB for a month. */
  firestoreGibMonth: 0.15,
  /** $40 a TiB, a message or a delivery counted as 1 kB at least. */
  pubsubKb: 40 / 1024 ** 3,
  /** A write or a listing (class A): $0.05 for 10,000. */
  storageWrite: 0.05 / 10_000,
  /** A read (class B): $0.004 for 10,000. */
  storageRead: 0.004 / 10_000,
  /** A GB for a month. */
  storageGbMonth: 0.02,
  /** $0.40 a million. */
  functionCall: 0.4 / MILLION,
  functionVcpuSecond: 0.000024,
  functionGibSecond: 0.0000025,
} as const;
