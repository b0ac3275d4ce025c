/** stack.json, in which a running stack records the addresses of its parts. */

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../../repository.ts';

const hostPort = z.string().regex(/^[^/:]+:\d+$/, 'host:port');
const httpUrl = z.url({ protocol: /^http$/ });

/** host:port for the emulators and Temporal, http URLs without a trailing slash for the rest. */
const stackFileSchema = z.strictObject({
  /** Where a browser finds the web client; only `npm start` and the tests of the web client serve one. */
  web: httpUrl.optional(),
  projectId: z.string().min(1),
  region: z.string().min(1),
  bucket: z.string().min(1),
  archiveBucket: z.string().min(1),
  firestore: hostPort,
  auth: hostPort,
  functions: hostPort,
  pubsub: hostPort,
  hub: hostPort,
  storage: httpUrl,
  temporal: hostPort,
  temporalUi: httpUrl,
  codecServer: httpUrl,
  temporalNamespace: z.string().min(1),
  taskQueue: z.string().min(1),
  /** Without the `/v1` of the OpenAI API. With `--openai` nothing listens here and the value is OpenAI's own. */
  model: z.url(),
  fcm: httpUrl,
  /** An endpoint for all events; `GET /received` lists what came. */
  webhookReceiver: httpUrl,
  workerPids: z.array(z.int().positive()),
  /** Where each worker's metrics are, in Prometheus' format. */
  metrics: z.array(httpUrl),
  /** Set only with `--monitoring`. */
  prometheus: httpUrl.optional(),
  alertmanager: httpUrl.optional(),
});

export type StackFile = z.infer<typeof stackFileSchema>;

/** An instance's name: part of its project id, so lower case, digits and hyphens. `default` is the unnamed one. */
export const defaultInstance = 'default';

/** Folder of an instance: stack.json, logs, the Temporal SQLite file, keys. Throws for a name that cannot be one. */
export function instanceDir(instance: string = defaultInstance): string {
  const local = join(repositoryRoot, '.local');
  if (instance === defaultInstance) return local;
  if (!/^[a-z][a-z0-9-]{0,11}$/.test(instance) || instance.endsWith('-') || reservedNames.has(instance)) {
    throw new Error(
      `"${instance}" cannot name an instance: a letter, then at most 11 lower-case letters, digits or hyphens`,
    );
  }
  return join(local, instance);
}

/** The file that the launcher of an instance's stack claims while it lives. `dir` is the instance's folder. */
export const launcherPath = (dir: string) => join(dir, 'launcher.json');

/** How a user ends the stack of an instance from another terminal. */
export function stopCommand(instance: string): string {
  return instance === defaultInstance ? 'npm stop' : `npm stop -- --instance ${instance}`;
}

/** Names that an instance may not have, since the default instance has folders of these names inside `.local/`. */
const reservedNames = new Set(['logs', 'functions-config']);

/**
 * Firebase project id of an instance. Each instance needs its own, since firebase-tools finds a running suite by its
 * project id.
 */
export function projectIdOf(instance: string): string {
  return instance === defaultInstance ? 'demo-reddyfit' : `demo-reddyfit-${instance}`;
}

/** Path of an instance's stack.json. */
export function stackFilePath(instance: string = defaultInstance): string {
  return join(instanceDir(instance), 'stack.json');
}

/** Addresses of the running stack. Throws when none is running. */
export function readStack(instance: string = defaultInstance): StackFile {
  let text: string;
  try {
    text = readFileSync(stackFilePath(instance), 'utf8');
  } catch (cause) {
    throw new Error(noStack(instance), { cause });
  }
  return stackFileSchema.parse(JSON.parse(text));
}

function noStack(instance: string): string {
  const named = instance === defaultInstance ? '' : ` -- --instance ${instance}`;
  return `no stack is running; start one with npm start${named}`;
}

/** Writes stack.json in one step, so that a reader never sees a part of it. */
export function writeStack(instance: string, stack: StackFile): void {
  const path = stackFilePath(instance);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(stackFileSchema.parse(stack), null, 2)}\n`);
  renameSync(draft, path);
}

/** Removes stack.json; fine when it is not there. */
export function removeStack(instance: string): void {
  rmSync(stackFilePath(instance), { force: true });
}
