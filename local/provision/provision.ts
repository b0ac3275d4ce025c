/** Makes sure that the servers of one machine are there, and shows what is being installed. All output goes to stderr. */

import { availableParallelism } from 'node:os';
import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput, type ListrTask } from 'listr2';
import { cacheDir } from './cache.ts';
import { findServer } from './find.ts';
import { installServer } from './install.ts';
import {
  alertmanager,
  amtool,
  firestoreEmulator,
  prometheus,
  promtool,
  pstest,
  type Server,
  storageServer,
  temporal,
} from './servers.ts';
import { isUsable, missingToolchain, type Toolchain } from './toolchains.ts';

/** Paths of the executables that a stack runs. */
export interface StackServers {
  readonly temporal: string;
  /** Null with FIRESTORE_EMULATOR=official: firebase-tools then runs Google's, which needs Java 21. */
  readonly firestore: string | null;
  readonly pubsub: string;
  readonly storage: string;
}

/** Finds or installs what a stack runs. Throws one error with a sentence for each thing that is missing. */
export async function provisionStack(options: { signal?: AbortSignal } = {}): Promise<StackServers> {
  const ours = firestoreChoice(process.env.FIRESTORE_EMULATOR) === 'hidane';
  // The longest install comes first, so that it also begins first.
  const wanted = [...(ours ? [firestoreEmulator] : []), storageServer, pstest, temporal];
  const paths = await provision(wanted, options.signal);
  return {
    temporal: paths.get(temporal)!,
    firestore: paths.get(firestoreEmulator) ?? null,
    pubsub: paths.get(pstest)!,
    storage: paths.get(storageServer)!,
  };
}

/** Finds or installs one of `servers.ts`. Resolves with its path. */
export async function provisionOne(server: Server, signal?: AbortSignal): Promise<string> {
  const paths = await provision([server], signal);
  return paths.get(server)!;
}

/** Paths of the executables that watch a stack. */
export interface MonitoringServers {
  readonly prometheus: string;
  readonly alertmanager: string;
}

/** Finds or installs what watches a stack. */
export async function provisionMonitoring(
  options: { signal?: AbortSignal | undefined } = {},
): Promise<MonitoringServers> {
  const paths = await provision([prometheus, alertmanager], options.signal);
  return { prometheus: paths.get(prometheus)!, alertmanager: paths.get(alertmanager)! };
}

/** Finds or installs promtool and amtool, which check rules and routes. Resolves with their paths. */
export async function provisionMonitoringTools(): Promise<{ promtool: string; amtool: string }> {
  const paths = await provision([promtool, amtool], undefined);
  return { promtool: paths.get(promtool)!, amtool: paths.get(amtool)! };
}

/** Which Firestore emulator `FIRESTORE_EMULATOR` asks for. Throws for a value that it cannot have. */
function firestoreChoice(value: string | undefined): 'hidane' | 'official' {
  if (value === undefined || value === '' || value === 'hidane') return 'hidane';
  if (value === 'official') return 'official';
  throw new Error(`FIRESTORE_EMULATOR is "${value}"; it can be "hidane" (the default) or "official".`);
}

async function provision(
  servers: readonly Server[],
  signal: AbortSignal | undefined,
): Promise<Map<Server, string>> {
  const paths = new Map<Server, string>();
  const missing: Server[] = [];
  for (const server of servers) {
    const path = findServer(server);
    if (path === null) missing.push(server);
    else paths.set(server, path);
  }
  if (missing.length === 0) return paths;

  refuseWithoutToolchains(missing);
  const errors: string[] = [];
  const tasks = missing.map((server) => {
    const title = `${server.purpose} (${server.name} ${server.version})`;
    return {
      title,
      task: async (_: unknown, task: { title: string; output: string }) => {
        const begun = Date.now();
        let line = '';
        const show = () => (task.output = `${Math.round((Date.now() - begun) / 1000)} s  ${line}`);
        const ticking = process.stderr.isTTY ? setInterval(show, 1000) : undefined;
        try {
          const onLine = (printed: string) => (line = printed.trim());
          paths.set(server, await installServer(server, { cache: cacheDir(), signal, onLine }));
        } catch (error) {
          errors.push((error as Error).message);
          throw new Error(title, { cause: error });
        } finally {
          clearInterval(ticking);
        }
      },
    };
  });
  process.stderr.write('Installing what this machine lacks (once; it stays in the cache)\n');
  await progressList(tasks).run();
  if (errors.length > 0) throw new Error(errors.join('\n\n'));
  return paths;
}

function refuseWithoutToolchains(missing: readonly Server[]): void {
  const needs = new Map<Toolchain, string[]>();
  for (const { toolchain, purpose } of missing)
    needs.set(toolchain, [...(needs.get(toolchain) ?? []), purpose]);
  const sentences = [...needs]
    .filter(([toolchain]) => !isUsable(toolchain))
    .map(([t, purposes]) => missingToolchain(t, purposes));
  if (sentences.length > 0) throw new Error(sentences.join('\n'));
}

/** A live list with elapsed times on a terminal, plain lines elsewhere. */
function progressList(tasks: ListrTask[]) {
  const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
  return new Listr(tasks, {
    concurrent: Math.max(2, availableParallelism()),
    exitOnError: false,
    registerSignalListeners: false,
    rendererOptions: { logger, timer: PRESET_TIMER },
    fallbackRenderer: 'simple',
    fallbackRendererCondition: () => !process.stderr.isTTY,
    fallbackRendererOptions: { logger, timer: PRESET_TIMER },
  });
}
