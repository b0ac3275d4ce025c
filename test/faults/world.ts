/** The world of a fault test: that of the end-to-end suite, with chance, figures, and workers that may be lost. */

import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { it as inWorld } from '../e2e/world.ts';
import { chanceOf } from './chance.ts';
import { type Figure, record } from './figures.ts';
import { openFleet } from './fleet.ts';
import { openSharedFleet } from './shared-fleet.ts';

/** A test with all that. */
export const it = inWorld
  // Its faults strike anyone's request, and end with the test: for cases that have the stack to themselves. Others take their user's.
  .extend('everyonesModel', async ({ world }, { onCleanup }) => {
    onCleanup(() => world.model.clearFaults());
    return world.model;
  })
  .extend('chance', ({ task }) => chanceOf(inject('seed'), task.name))
  .extend('measured', () => (figure: Figure, value: number) => record(inject('instanceDir'), figure, value))
  // For what befalls one scan of many: a worker for each test would be most of the suite's work.
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
