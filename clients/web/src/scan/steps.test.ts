import type { Scan } from '@reddyfit/client';
import { retryableSteps } from '@reddyfit/shared/scan/document';
import { en } from '@reddyfit/shared/words/app/en';
import { NOBODY } from '@reddyfit/shared/words/reader';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { processing } from '../../../terminal/sample-scans.fixture.ts';
import { Steps } from './steps.tsx';

const drawn = (scan: Scan) =>
  renderToStaticMarkup(
    createElement(Steps, { scan, serverLeadMs: 0, words: en, speaker: speakerFor(NOBODY) }),
  );

it('shows a document that lacks a step as if the step had not begun, and leaves out one that it does not know', () => {
  const { hydration, ...others } = processing.steps!;
  expect(hydration.state).toBe('completed');
  const steps = { ...others, sleep: hydration } as unknown as NonNullable<Scan['steps']>;
  const states = [...drawn({ ...processing, steps }).matchAll(/data-step="(\w+)" data-state="(\w+)"/g)];
  expect(Object.fromEntries(states.map(([, step, state]) => [step, state]))).toEqual({
    qualityCheck: 'completed',
    hydration: 'pending',
    estimation: 'running',
    nutrition: 'pending',
    workout: 'pending',
    delta: 'pending',
    insights: 'pending',
  });
});

it('offers no repetition of a step that the document lacks', () => {
  const { nutrition: _, ...others } = processing.steps!;
  const steps = others as NonNullable<Scan['steps']>;
  expect(retryableSteps(processing.steps)).toContain('nutrition');
  expect(retryableSteps(steps)).toEqual(
    retryableSteps(processing.steps).filter((name) => name !== 'nutrition'),
  );
});
