import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify, isRunning } from '../processes/identity.ts';
import { MARK, markedProcesses } from '../processes/marked.ts';
import { endLeftovers, recordProcess } from './leftovers.ts';

const STAYS = 'setInterval(() => {}, 1000); console.log("up")';
/** Behaves as firebase-tools does: starts a child outside of its process group, and runs until it is killed. */
const DETACHES = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(STAYS)}],
  { detached: true, stdio: ['ignore', 'inherit', 'ignore'] }); ${STAYS.replace('"up"', '"parent"')}`;

describe('endLeftovers', () => {
  let dir: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'leftovers-'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(dir, { recursive: true });
  });

  async function start(script: string, env: Record<string, string>): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['-e', script], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    await once(child.stdout!, 'data');
    return child;
  }

  it('ends a detached grandchild whose parent is gone', async () => {
    const parent = await start(DETACHES, { [MARK]: dir });
    await expect.poll(() => markedProcesses(dir).length).toBe(2);
    parent.kill('SIGKILL');
    await once(parent, 'exit');

    expect(await endLeftovers(dir)).toBe(1);
    expect(markedProcesses(dir)).toEqual([]);
  });

  it('ends a recorded process whose environment says nothing', async () => {
    const child = await start(STAYS, {});
    recordProcess(dir, child.pid!);
    expect(await endLeftovers(dir)).toBe(1);
  });

  it('never ends a process that only has the pid of a recorded one', async () => {
    const stranger = await start(STAYS, {});
    const reused = { pid: stranger.pid, started: 'some other time' };
    writeFileSync(join(dir, 'processes.jsonl'), `${JSON.stringify(reused)}\n{"pid":12`);

    expect(await endLeftovers(dir)).toBe(0);
    expect(isRunning(identify(stranger.pid!)!)).toBe(true);
  });

  it('leaves the processes of another instance alone', async () => {
    const other = await start(STAYS, { [MARK]: `${dir}/other` });
    expect(await endLeftovers(dir)).toBe(0);
    expect(identify(other.pid!)).not.toBeNull();
  });
});
