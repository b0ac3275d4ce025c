/** The test function of the web client's suite. It is not in stage.ts, which is also used where no test runs. */

import { it as plain } from 'vitest';
import { openStage } from './stage.ts';

/** A test with the stage of its file. */
// oxlint-disable-next-line eslint/no-empty-pattern -- Vitest reads there which fixtures this one takes: none.
export const it = plain.extend('stage', { scope: 'file' }, async ({}, { onCleanup }) => {
  const stage = await openStage();
  onCleanup(() => stage.close());
  return stage;
});
