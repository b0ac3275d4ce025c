import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify, isRunning } from '../processes/identity.ts';
import { MARK, markedProcesses } from '../processes/marked.ts';
import { instanceDir, launcherPath } from './stack-file.ts';
import { stopStack } from './stop-stack.ts';

const INSTANCE = 'stop-test';
const dir = instanceDir(INSTANCE);

/**
 * The source of a launcher: it claims the instance and starts a process of it, which outlives the launcher. `onTerm` runs
 * at SIGTERM.
 */
const launcher = (onTerm: string) => `
  import { spawn } from 'node:child_process';
  import { claim } from ${JSON.stringify(new URL('../processes/claim.ts', import.meta.url).href)};
  claim(${JSON.stringify(launcherPath(dir))});
  const env = { ...process.env, ${MARK}: ${JSON.stringify(dir)} };
  const part = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { env, detached: true, stdio: 'ignore' });
  process.on('SIGTERM', () => { ${onTerm} });
  part.once('spawn', () => console.log('up'));
`;

async function start(onTerm: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', launcher(onTerm)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('stopStack', () => {
  beforeEach(() => void mkdirSync(dir, { recursive: true }));
  afterEach(async () => {
    await stopStack(INSTANCE, 0);
    rmSync(dir, { recursive: true, force: true });
  });

  it('lets a launcher end its stack by itself', async () => {
    const { pid } = await start(`part.once('exit', () => process.exit(0)); part.kill()`);
    expect(await stopStack(INSTANCE, 10_000)).toEqual({ launcher: pid, killed: 0 });
    expect(markedProcesses(dir)).toEqual([]);
  });

  it('ends what a launcher that is gone has left', async () => {
    const child = await start('');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(markedProcesses(dir)).toHaveLength(1);

    expect(await stopStack(INSTANCE, 10_000)).toEqual({ launcher: null, killed: 1 });
    expect(markedProcesses(dir)).toEqual([]);
  });

  it('kills a launcher that does not end in time, and its stack', async () => {
    const { pid } = await start('');
    const stuck = identify(pid!)!;
    expect(await stopStack(INSTANCE, 300)).toEqual({ launcher: pid, killed: 2 });
    expect(isRunning(stuck)).toBe(false);
    expect(markedProcesses(dir)).toEqual([]);
  });

  it('finds nothing to end when nothing runs', async () => {
    expect(await stopStack(INSTANCE, 10_000)).toEqual({ launcher: null, killed: 0 });
  });
});
