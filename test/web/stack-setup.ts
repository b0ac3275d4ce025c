/** Starts the stack on which the tests of the web client run. A running stack of that name is used as it is. */

import { readStack } from '../../local/stack/stack-file.ts';
import { startStack } from '../../local/stack/start-stack.ts';
import { INSTANCE } from './stage.ts';

export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  try {
    readStack(INSTANCE);
    return undefined;
  } catch {
    const stack = await startStack({ instance: INSTANCE, pace: 0.02, scheduled: false, web: true });
    return () => stack.stop();
  }
}
