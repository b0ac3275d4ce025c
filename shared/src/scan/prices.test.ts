import { expect, it } from 'vitest';
import { modelCostUsd, UNIT_PRICES } from './prices.ts';

it('prices a request by its tokens', () => {
  expect(modelCostUsd('gpt-5.1', 1_000_000, 0)).toBe(1.25);
  expect(modelCostUsd('gpt-5.1', 8000, 500)).toBeCloseTo(0.01 + 0.005, 10);
});

it('says of an unknown model that it does not know', () => {
  expect(modelCostUsd('somebody-elses-model', 1, 1)).toBeNull();
  expect(modelCostUsd('constructor', 1, 1)).toBeNull();
});

it('has no price of a whole million for a single thing', () => {
  const { temporalAction, firestoreRead, firestoreWrite, storageRead, functionCall } = UNIT_PRICES;
  const dearest = Math.max(temporalAction, firestoreRead, firestoreWrite, storageRead, functionCall);
  expect(dearest).toBeLessThan(0.0001);
});
