/** What a scan costs: tokens, Temporal's actions, Firestore's operations, at the prices of shared/src/scan/prices.ts. */

import { modelCostUsd, PRICE_SOURCES, PRICES_AS_OF, UNIT_PRICES } from '@reddyfit/shared/scan/prices';
import type { ModelFigures } from '../../functions/src/report/by-group.ts';
import { operationsOf } from './firestore-operations.ts';
import { isEnd, type ScanFacts } from '../../functions/src/report/scan-facts.ts';
import { billed, heartbeatsOf, type HistoryCount } from './temporal-actions.ts';

/** Means over the scans that have ended, in US dollars. */
export interface Cost {
  /** The number of scans that the means are taken over. */
  readonly scans: number;
  readonly models: { readonly inputTokens: number; readonly outputTokens: number; readonly usd: number };
  /** Null when no history was read. */
  readonly temporal: {
    /** How many histories were read. */
    readonly histories: number;
    readonly historyActions: number;
    /** Estimated from the steps' durations. */
    readonly heartbeats: number;
    /** All billed actions, including what fairness adds. */
    readonly actions: number;
    readonly usd: number;
  } | null;
  /** Counted by ops/report/firestore-operations.ts, not measured. */
  readonly firestore: { readonly reads: number; readonly writes: number; readonly usd: number };
  /** The sum of the parts above that are known. */
  readonly usd: number;
  /** Totals over the whole period, not means of a scan. */
  readonly byModel: readonly Omit<ModelFigures, 'callP95' | 'asksPerCall'>[];
  readonly pricesAsOf: string;
  readonly sources: readonly string[];
  readonly notes: readonly string[];
}

/** Adds up the costs of scans. Scans that have not ended are skipped. */
export function costTally() {
  const models = new Map<string, { calls: number; inputTokens: number; outputTokens: number }>();
  let scans = 0;
  let reads = 0;
  let writes = 0;
  let heartbeats = 0;

  return {
    add(scan: ScanFacts): void {
      if (!isEnd(scan.status)) return;
      scans += 1;
      const operations = operationsOf(scan);
      reads += operations.reads;
      writes += operations.writes;
      heartbeats += heartbeatsOf(scan);
      for (const { model, inputTokens, outputTokens } of scan.calls) {
        const known = models.get(model) ?? { calls: 0, inputTokens: 0, outputTokens: 0 };
        known.calls += 1;
        known.inputTokens += inputTokens;
        known.outputTokens += outputTokens;
        models.set(model, known);
      }
    },

    /** Null when no scan has ended. `histories` are the counted histories of a sample of the scans. */
    cost(histories: readonly HistoryCount[]): Cost | null {
      if (scans === 0) return null;
      const byModel = [...models]
        .map(([model, tally]) => ({
          model,
          ...tally,
          usd: modelCostUsd(model, tally.inputTokens, tally.outputTokens),
        }))
        .sort((a, b) => (b.usd ?? 0) - (a.usd ?? 0));
      const perScan = (value: number) => value / scans;
      const modelUsd = perScan(total(byModel.map(({ usd }) => usd ?? 0)));
      const temporal = temporalCost(histories, perScan(heartbeats));
      const firestore = {
        reads: perScan(reads),
        writes: perScan(writes),
        usd: perScan(reads) * UNIT_PRICES.firestoreRead + perScan(writes) * UNIT_PRICES.firestoreWrite,
      };
      return {
        scans,
        models: {
          inputTokens: perScan(total(byModel.map(({ inputTokens }) => inputTokens))),
          outputTokens: perScan(total(byModel.map(({ outputTokens }) => outputTokens))),
          usd: modelUsd,
        },
        temporal,
        firestore,
        usd: modelUsd + (temporal?.usd ?? 0) + firestore.usd,
        byModel,
        pricesAsOf: PRICES_AS_OF,
        sources: [PRICE_SOURCES.models, PRICE_SOURCES.temporal, PRICE_SOURCES.firestore],
        notes: [
          'List prices without free quotas and discounts; a simulated model costs what it stands for.',
          'Tokens are those of answers that became results; failed attempts are paid for, too, and are in the metric of model cost.',
          'Firestore operations are counted in the code, for one listening phone, without webhooks.',
          "Temporal's heartbeats are estimated from the steps' durations; storage, Pub/Sub, photos and functions are left out.",
          ...byModel.filter(({ usd }) => usd === null).map(({ model }) => `There is no price for ${model}.`),
        ],
      };
    },
  };
}

function temporalCost(histories: readonly HistoryCount[], heartbeats: number): Cost['temporal'] {
  if (histories.length === 0) return null;
  const historyActions = total(histories.map(({ actions }) => actions)) / histories.length;
  const actions = billed(historyActions, heartbeats);
  return {
    histories: histories.length,
    historyActions,
    heartbeats,
    actions,
    usd: actions * UNIT_PRICES.temporalAction,
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
