/** Freezes, kills and restarts processes of the running stack. Reads Linux's /proc. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { markedProcesses, signal } from '../../local/processes/marked.ts';
import { isRunning, type ProcessIdentity } from '../../local/processes/identity.ts';
import { startChild } from '../../local/stack/child.ts';
import { answersOk, untilReady } from '../../local/stack/ready.ts';
import { repositoryRoot } from '../../repository.ts';
import { type StackFile } from '../../local/stack/stack-file.ts';

/** A process with the words of its command line and its environment variables. */
interface Part {
  readonly identity: ProcessIdentity;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const words = (path: string) => readFileSync(path, 'utf8').split('\0').filter(Boolean);

function partsOf(instanceDir: string): Part[] {
  return markedProcesses(instanceDir).flatMap((identity) => {
    try {
      const command = words(`/proc/${identity.pid}/cmdline`);
      const assignments = words(`/proc/${identity.pid}/environ`).map((line): [string, string] => {
        const end = line.indexOf('=');
        return [line.slice(0, end), line.slice(end + 1)];
      });
      return [{ identity, command, env: Object.fromEntries(assignments) }];
    } catch {
      return []; // The process has ended since it was listed.
    }
  });
}

const IS = {
  temporal: ({ command }: Part) => command[0]!.endsWith('/temporal') && command.includes('start-dev'),
  /** The emulator itself, not firebase-tools, which started it. */
  firestore: ({ command }: Part) => command[0]!.endsWith('/firestore-emulator'),
  /** The stack's own worker, not one of a test. */
  worker: ({ command, env }: Part) =>
    command.some((word) => word.endsWith('worker/src/main.ts')) &&
    // The tests' own workers do not set this variable.
    env['WEBHOOK_ALLOW_LOOPBACK_HTTP'] === 'true',
  fcm: ({ command }: Part) => command.some((word) => word.endsWith('local/stand-ins/fcm-stand-in.ts')),
  /** Every process that runs the trigger's function. */
  onScanCreated: ({ env }: Part) => env['FUNCTION_TARGET'] === 'onScanCreated',
  cancelScan: ({ env }: Part) => env['FUNCTION_TARGET'] === 'cancelScan',
} as const;

/** How long a process may take to appear (ms): the emulator starts a function's process when it needs one. */
const COMES_WITHIN_MS = 30_000;

async function find(instanceDir: string, name: keyof typeof IS): Promise<Part[]> {
  for (const deadline = Date.now() + COMES_WITHIN_MS; ; await wait(100)) {
    const found = partsOf(instanceDir).filter(IS[name]);
    if (found.length > 0) return found;
    if (Date.now() > deadline) throw new Error(`no process is ${name}`);
  }
}

/** Stops a part's processes (SIGSTOP) while `during` runs. Resolves with the result of `during`. */
export async function whileFrozen<Result>(
  instanceDir: string,
  name: keyof typeof IS,
  during: () => Promise<Result>,
): Promise<Result> {
  const frozen = await find(instanceDir, name);
  for (const { identity } of frozen) signal(identity.pid, 'SIGSTOP');
  try {
    return await during();
  } finally {
    for (const { identity } of frozen) if (isRunning(identity)) signal(identity.pid, 'SIGCONT');
  }
}

/** Ends a part's processes, by SIGKILL unless `how` says otherwise. Resolves once they have ended. */
export async function kill(
  instanceDir: string,
  name: keyof typeof IS,
  how: 'SIGKILL' | 'SIGTERM' = 'SIGKILL',
): Promise<void> {
  const killed = await find(instanceDir, name);
  for (const { identity } of killed) signal(identity.pid, how);
  while (killed.some(({ identity }) => isRunning(identity))) await wait(10);
}

/** The URL at which a part shows that it answers again. */
const READY_AT = {
  temporal: ({ temporalUi, temporalNamespace }: StackFile) =>
    // The Web UI passes the request on to the server, so its answer shows that the server answers, too.
    `${temporalUi}/api/v1/namespaces/${temporalNamespace}`,
  worker: (_: StackFile, { env }: Part) =>
    `http://${env['WORKER_HEALTH_HOST']}:${env['WORKER_HEALTH_PORT']}/readyz`,
} as const;

/**
 * Ends the stack's Temporal server or its worker, and starts it again after `during` exactly as it was started before: at the
 * same address, on the same database. Resolves with the result of `during` once the part answers again.
 */
export async function whileDown<Result>(
  { instanceDir, stack }: { instanceDir: string; stack: StackFile },
  name: keyof typeof READY_AT,
  how: 'SIGKILL' | 'SIGTERM',
  during: () => Promise<Result>,
): Promise<Result> {
  const part = (await find(instanceDir, name))[0]!;
  await kill(instanceDir, name, how);
  try {
    return await during();
  } finally {
    const [command, ...args] = part.command as [string, ...string[]];
    const log = join(instanceDir, 'logs', `${name}-again-${Date.now()}.log`);
    const child = await startChild({ name, command, args, env: part.env, cwd: repositoryRoot, log });
    const answers = () => answersOk(READY_AT[name](stack, part));
    await untilReady(child, answers, new AbortController().signal);
  }
}
