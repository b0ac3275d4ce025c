/** Starts single servers on free loopback ports, for the suites that need no whole stack. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { provisionStack } from '../local/provision/provision.ts';
import { TEMPORAL_TUNING } from '../local/stack/parts/temporal.ts';
import { freePort } from '../local/stack/ports.ts';
import { repositoryRoot } from '../repository.ts';

/** A server that runs until it is stopped. `address` is host:port, `pid` the id of its process. */
export interface RunningServer {
  address: string;
  pid: number;
  stop(): Promise<void>;
}

// One search for all servers, since several suites start at the same time on a machine that may lack the servers.
let provisioned: ReturnType<typeof provisionStack> | undefined;
const servers = () => (provisioned ??= provisionStack());

/** How long a server may take until its port answers (ms). */
const START_DEADLINE_MS = 60_000;

/** The project's rules, beside which lie its indexes. */
const RULES_FILE = join(repositoryRoot, 'firestore.rules');

/** The Firestore emulator, with the project's rules and indexes. */
export async function startFirestore(): Promise<RunningServer> {
  const { firestore } = await servers();
  if (!firestore) throw new Error('this suite runs on hidane: unset FIRESTORE_EMULATOR');
  const args = ['--host', '127.0.0.1', '--rules', RULES_FILE];
  return start(firestore, await freePort(), (port) => [...args, '--port', port]);
}

/** A Temporal server that keeps everything in memory. `options` are added to the usual ones. */
export async function startTemporal(port?: number, options: readonly string[] = []): Promise<RunningServer> {
  const { temporal } = await servers();
  const server = await start(temporal, port ?? (await freePort()), (on) => [
    'server',
    'start-dev',
    '--headless',
    '--ip',
    '127.0.0.1',
    '--port',
    on,
    '--log-level',
    'error',
    ...TEMPORAL_TUNING,
    ...options,
  ]);
  await untilItServes(server.address);
  return server;
}

/** Waits for the frontend, since the server's port is open before its frontend answers. */
async function untilItServes(address: string): Promise<void> {
  for (const deadline = Date.now() + START_DEADLINE_MS; ;) {
    try {
      return await (await Connection.connect({ address })).close();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** A Cloud Storage server that keeps everything in memory. */
export async function startStorage(): Promise<RunningServer> {
  const { storage } = await servers();
  return start(storage, await freePort(), (port) => ['-host', '127.0.0.1', '-port', port]);
}

const require = createRequire(import.meta.url);

/** The form in which firebase.json gives an address to listen on. */
const at = (port: number) => ({ host: '127.0.0.1', port });

/** The Auth emulator of one project, whose users no other suite sees. */
export async function startAuth(projectId: string): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'reddyfit-auth-'));
  const port = await freePort();
  const emulators = {
    auth: at(port),
    hub: at(await freePort()),
    logging: at(await freePort()),
    ui: { enabled: false },
    singleProjectMode: true,
  };
  writeFileSync(join(folder, 'firebase.json'), JSON.stringify({ emulators }));
  const program = [
    `--import=${new URL('../local/stack/quick-auth-emulator.ts', import.meta.url).href}`,
    require.resolve('firebase-tools/lib/bin/firebase.js'),
  ];
  const options = ['--non-interactive', `--project=${projectId}`, '--only=auth'];
  // firebase-tools writes its debug logs into its working directory.
  const args = () => [...program, 'emulators:start', ...options];
  const server = await start(process.execPath, port, args, {
    cwd: folder,
    env: { ...process.env, METADATA_SERVER_DETECTION: 'none', NO_UPDATE_NOTIFIER: '1' },
    // To see that the port is free, firebase-tools listens on it for a moment; a connection made then reaches nobody. So only
    // an HTTP answer counts.
    isUp: async (on) => (await fetch(`http://127.0.0.1:${on}/`)).ok,
  });
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function start(
  binary: string,
  port: number,
  args: (port: string) => string[],
  how: { cwd?: string; env?: NodeJS.ProcessEnv; isUp?: (port: number) => Promise<boolean> } = {},
): Promise<RunningServer> {
  const { isUp = accepts, ...where } = how;
  const child = spawn(binary, args(`${port}`), { ...where, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-8000)));
  }
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  try {
    await untilItAnswers(child, () => isUp(port));
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${binary} did not start on port ${port}:\n${output}`, { cause: error });
  }
  return {
    address: `127.0.0.1:${port}`,
    pid: child.pid!,
    async stop() {
      process.off('exit', endWithUs);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function untilItAnswers(child: ChildProcess, isUp: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (!(await isUp().catch(() => false))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended');
    if (Date.now() > deadline) throw new Error('it does not answer');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    // Before a server listens, the kernel may give this socket the very port that it connects to; the socket is then
    // connected to itself.
    socket.once('connect', () => answer(socket.localPort !== port)).once('error', () => answer(false));
  });
}
