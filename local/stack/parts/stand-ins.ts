/** The two servers that stand in for paid services: the language model and Firebase Cloud Messaging. */

import { join } from 'node:path';
import { loopback } from '../ports.ts';
import { answersOk, untilReady } from '../ready.ts';
import { repositoryRoot } from '../../../repository.ts';
import type { Starting } from '../starting.ts';

/** Starts the model stand-in; `pace` scales its steps' nominal seconds. Resolves when it answers. */
export function startModel(starting: Starting, pace: number): Promise<void> {
  return startStandIn(starting, 'model', '/health', [`--pace=${pace}`]);
}

/** Starts the FCM stand-in and resolves when it answers. */
export function startFcm(starting: Starting): Promise<void> {
  return startStandIn(starting, 'fcm', '/messages', []);
}

async function startStandIn(
  { ports, run, signal }: Starting,
  name: 'model' | 'fcm',
  path: string,
  args: readonly string[],
): Promise<void> {
  const child = await run({
    name,
    command: process.execPath,
    args: [
      `--import=${new URL('../own-pages.ts', import.meta.url).href}`,
      join(repositoryRoot, `local/stand-ins/${name}-stand-in.ts`),
      '--host=127.0.0.1',
      `--port=${ports[name]}`,
      ...args,
    ],
  });
  await untilReady(child, () => answersOk(`http://${loopback(ports[name])}${path}`), signal);
}
