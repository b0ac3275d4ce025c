/**
 * What a scan is paid for, at list prices in US dollars, without free quotas and discounts. One table for the metrics of model cost and
 * for the report.
 */

/** When the table was written. List prices change: look at the sources before a budget rests on it. */
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

/** Dollars for a million tokens. */
export interface ModelPrice {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
}

const MODEL_PRICES: Readonly<Record<string, ModelPrice>> = {
  'gpt-5.2': { inputPerMillion: 1.75, outputPerMillion: 14 },
  'gpt-5.1': { inputPerMillion: 1.25, outputPerMillion: 10 },
  'gpt-5': { inputPerMillion: 1.25, outputPerMillion: 10 },
  'gpt-5-mini': { inputPerMillion: 0.25, outputPerMillion: 2 },
  'gpt-5-nano': { inputPerMillion: 0.05, outputPerMillion: 0.4 },
  'gpt-4.1': { inputPerMillion: 2, outputPerMillion: 8 },
  'gpt-4.1-mini': { inputPerMillion: 0.4, outputPerMillion: 1.6 },
  'gpt-4o': { inputPerMillion: 2.5, outputPerMillion: 10 },
  'gpt-4o-mini': { inputPerMillion: 0.15, outputPerMillion: 0.6 },
  'text-embedding-3-small': { inputPerMillion: 0.02, outputPerMillion: 0 },
  'text-embedding-3-large': { inputPerMillion: 0.13, outputPerMillion: 0 },
};

/** The model that a simulated answer stands for, so that a stack without a real model has a cost to look at. */
const SIMULATED = 'gpt-5.1';

/** The price of a model by its name, dated (`-2025-11-13`) or not; null for one that the table does not know. */
export function modelPrice(model: string): ModelPrice | null {
  const name = model.startsWith('local-simulator') ? SIMULATED : model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return (Object.hasOwn(MODEL_PRICES, name) && MODEL_PRICES[name]) || null;
}

/** Dollars for one request; null for a model that the table does not know. */
export function modelCostUsd(model: string, inputTokens: number, outputTokens: number): number | null {
  const price = modelPrice(model);
  if (!price) return null;
  return (inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion) / MILLION;
}

/** Dollars for one of what the rest of a scan is made of. */
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
