/** The world of a fault test: that of the end-to-end suite, with random numbers, figures, and workers that may be killed. */

import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { it as inWorld } from '../e2e/world.ts';
import { chanceOf } from './chance.ts';
import { type Figure, record } from './figures.ts';
import { openFleet } from './fleet.ts';
import { openSharedFleet } from './shared-fleet.ts';

/** A test with this world. */
export const it = inWorld
  // Controls of the model for the requests of all users; its faults are cleared after the test. It is for cases that have the
  // stack to themselves; others use their user's controls.
  .extend('everyonesModel', async ({ world }, { onCleanup }) => {
    onCleanup(() => world.model.clearFaults());
    return world.model;
  })
  .extend('chance', ({ task }) => chanceOf(inject('seed'), task.name))
  .extend('measured', () => (figure: Figure, value: number) => record(inject('instanceDir'), figure, value))
  // For faults that strike one scan among many: starting a worker for each test would be most of the suite's work.
  .extend('shared', { scope: 'file' }, async ({ stack }, { onCleanup }) => {
    const shared = await openSharedFleet(stack);
    onCleanup(() => shared.close());
    return shared;
  })
  .extend('fleet', async ({ stack }, { onCleanup }) => {
    const fleet = await openFleet(stack, `faults-${randomUUID()}`);
    onCleanup(() => fleet.close());
    return fleet;
  });
