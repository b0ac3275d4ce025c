import { expect, it } from 'vitest';
import { modelNameProblem, MODELS, registeredModel, takesTemperature } from './models.ts';

it('knows a model by its dated name, and what a simulated one stands for', () => {
  expect(registeredModel('gpt-5.1-2025-11-13')).toBe(MODELS['gpt-5.1']);
  expect(registeredModel('local-simulator')).toEqual(MODELS['gpt-5.1']);
  expect(registeredModel('constructor')).toBeNull();
});

it('says of an unknown name, and of a model of the other kind, which names would do', () => {
  expect(modelNameProblem('gpt-5.1-2025-11-13', 'language')).toBeNull();
  expect(modelNameProblem('gpt-51', 'language')).toMatch(/gpt-5\.2, gpt-5\.1, .*local-simulator$/);
  expect(modelNameProblem('text-embedding-3-small', 'language')).not.toBeNull();
  expect(modelNameProblem('gpt-5.1', 'embedding')).toMatch(/text-embedding-3-small, text-embedding-3-large$/);
});

it('sends no temperature to a model that reasons, or that is unknown', () => {
  expect(takesTemperature('gpt-4.1-2025-04-14')).toBe(true);
  expect(takesTemperature('gpt-5.1')).toBe(false);
  expect(takesTemperature('gpt-x')).toBe(false);
});
